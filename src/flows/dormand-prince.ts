import { weightedNorm, type Counts, type OdeSystem, type Stepper } from './stepper.js';

/** Runge–Kutta coefficients of Dormand & Prince (1980), order 5 with an error of order 4. */
export const dormandPrinceTableau = {
  a: [
    [1 / 5],
    [3 / 40, 9 / 40],
    [44 / 45, -56 / 15, 32 / 9],
    [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
    [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656],
    [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84],
  ],
  c: [1 / 5, 3 / 10, 4 / 5, 8 / 9, 1, 1],
  /** Difference between the weights of order 5 and 4. */
  error: [71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40],
} as const;

/** End of the method's stability interval on the negative real axis. */
const STABLE_INTERVAL = 3.3;

/** The explicit method for the early, non-stiff phase. */
export function dormandPrince(
  system: OdeSystem,
  tolerances: Float64Array,
  counts: Counts,
): Stepper {
  const { a, error: errorWeights } = dormandPrinceTableau;
  const n = system.size;
  const slopes = Array.from({ length: 7 }, () => new Float64Array(n));
  const y = new Float64Array(n);
  const sixth = new Float64Array(n);
  const difference = new Float64Array(n);
  let stiffness = 0;

  return {
    name: 'dormand-prince',
    order: 5,
    errorOrder: 5,
    attempt(y0, slope, h) {
      slopes[0].set(slope);
      for (let stage = 0; stage < 6; stage++) {
        const row = a[stage];
        for (let i = 0; i < n; i++) {
          let sum = 0;
          for (let j = 0; j <= stage; j++) sum += row[j] * slopes[j][i];
          y[i] = y0[i] + h * sum;
        }
        system.field(y, slopes[stage + 1]);
        if (stage === 4) sixth.set(y);
      }
      counts.evaluations += 6;
      for (let i = 0; i < n; i++) {
        let sum = 0;
        for (let j = 0; j < 7; j++) sum += errorWeights[j] * slopes[j][i];
        difference[i] = h * sum;
      }
      stiffness = stiffnessOf(h, slopes[6], slopes[5], y, sixth);
      return { y, error: weightedNorm(difference, tolerances), solved: true };
    },
    accept() {
      // One-step method: nothing to remember.
    },
    stiffness: () => stiffness,
  };
}

/**
 * h·|λ| over the stability interval, with |λ| estimated from two stages at the same time (Hairer &
 * Wanner, Solving ODEs II, IV.2).
 */
function stiffnessOf(
  h: number,
  slope7: Float64Array,
  slope6: Float64Array,
  y7: Float64Array,
  y6: Float64Array,
): number {
  let numerator = 0;
  let denominator = 0;
  for (let i = 0; i < y7.length; i++) {
    numerator += (slope7[i] - slope6[i]) ** 2;
    denominator += (y7[i] - y6[i]) ** 2;
  }
  return denominator > 0 ? (h * Math.sqrt(numerator / denominator)) / STABLE_INTERVAL : 0;
}
