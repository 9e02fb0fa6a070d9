import { addScaled } from '../../numerics/vectors.js';
import { weightedNorm, type Counts, type OdeSystem, type Stepper } from '../stepper.js';

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
  /** Weights inside a step, of order 4: coefficients of x, x², x³, x⁴ (Shampine 1986). */
  inside: [
    [1, -8048581381 / 2820520608, 8663915743 / 2820520608, -12715105075 / 11282082432],
    [0, 0, 0, 0],
    [0, 131558114200 / 32700410799, -68118460800 / 10900136933, 87487479700 / 32700410799],
    [0, -1754552775 / 470086768, 14199869525 / 1410260304, -10690763975 / 1880347072],
    [0, 127303824393 / 49829197408, -318862633887 / 49829197408, 701980252875 / 199316789632],
    [0, -282668133 / 205662961, 2019193451 / 616988883, -1453857185 / 822651844],
    [0, 40617522 / 29380423, -110615467 / 29380423, 69997945 / 29380423],
  ],
} as const;

/** End of the method's stability interval on the negative real axis. */
const STABLE_INTERVAL = 3.3;

/** An explicit method that also knows the solution inside the step that it tried last. */
export interface DenseStepper extends Stepper {
  /** into ← the solution at the fraction x of the last attempt. */
  interpolate(x: number, into: Float64Array): void;
  /** f at the end of the last attempt. */
  readonly endSlope: Float64Array;
}

/**
 * The explicit method for the early, non-stiff phase: the pair of orders 5 and 4 of Dormand and Prince
 * (1980), carried on with order 5, with a continuous solution inside each step. `tolerances` has one
 * positive number for each unknown; work is added to `counts`.
 */
export function dormandPrince(
  system: OdeSystem,
  tolerances: Float64Array,
  counts: Counts,
): DenseStepper {
  const { a, error: errorWeights, inside } = dormandPrinceTableau;
  const n = system.size;
  const slopes = Array.from({ length: 7 }, () => new Float64Array(n));
  const y = new Float64Array(n);
  const sixth = new Float64Array(n);
  const difference = new Float64Array(n);
  const from = new Float64Array(n);
  let step = 0;
  let stiffness = 0;

  return {
    implicit: false,
    order: 5,
    errorOrder: 5,
    attempt(y0, slope, h) {
      slopes[0].set(slope);
      from.set(y0);
      step = h;
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
    interpolate(x, into) {
      into.set(from);
      inside.forEach(([p, q, r, s], stage) => {
        addScaled(into, step * x * (p + x * (q + x * (r + x * s))), slopes[stage]);
      });
    },
    endSlope: slopes[6],
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
