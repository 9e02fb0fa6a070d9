import { dot } from '../numerics/vectors.js';
import type { DualStage } from './dual-stage.js';
import { radauTableau } from './radau-tableau.js';

/** Quantities that ride along with a step and enter no other equation. */
export interface Passengers {
  /** τ with dτ = ρ^{L−2} |ℓ′(α)| dt. */
  readonly clock: number;
  /** Length swept by θ/‖θ‖, radians. */
  readonly pathLength: number;
  /** u = log(dt/dτ) − log(t + t₀), see `directionSystem`. */
  readonly time: number;
}

export interface PassengerTerms {
  readonly degree: number;
  readonly beta: number;
  readonly alpha: number;
  /** −d log|ℓ′|/dα. */
  slopeDecay(alpha: number): number;
}

/**
 * Carries the passengers over a step of size h by the step's own collocation, which has order 5. The
 * time obeys the stiff scalar equation u′ = g′ − eᵘ with g = log dt/dτ, solved by Newton's method.
 */
export function carryPassengers(
  from: Passengers,
  stages: readonly DualStage[],
  h: number,
  terms: PassengerTerms,
): Passengers {
  const { degree, beta, alpha, slopeDecay } = terms;
  const { a } = radauTableau;
  const rates = stages.map(
    ({ velocity, growth }) => beta * Math.exp(degree * growth) * dot(velocity, velocity),
  );
  const alphas = a.map(
    (row) => alpha + h * (row[0] * rates[0] + row[1] * rates[1] + row[2] * rates[2]),
  );
  // log dt/dτ = −log|ℓ′(α)| + (2 − L) log ‖θ‖.
  const logRates = rates.map(
    (rate, s) => slopeDecay(alphas[s]) * rate + (2 - degree) * stages[s].radial,
  );
  const speeds = stages.map(sphereSpeed);
  // The last row of the tableau holds the quadrature weights.
  const sum = (values: readonly number[]) =>
    h * (a[2][0] * values[0] + a[2][1] * values[1] + a[2][2] * values[2]);
  return {
    clock: from.clock + h,
    pathLength: from.pathLength + sum(speeds),
    time: timeAfter(from.time, logRates, h),
  };
}

/** ‖w′‖. */
function sphereSpeed({ direction, velocity, radial }: DualStage): number {
  let sum = 0;
  for (let i = 0; i < direction.length; i++) sum += (velocity[i] - radial * direction[i]) ** 2;
  return Math.sqrt(sum);
}

/** Radau IIA for u′ = rate − eᵘ: with Eₛ = e^{Uₛ}, Uₛ = u + h Σ a (rate − E). */
function timeAfter(u: number, rates: readonly number[], h: number): number {
  const { a } = radauTableau;
  const stages = rates.map((rate) => Math.max(u - 5, Math.log(Math.max(rate, 1e-300))));
  for (let iteration = 0; iteration < 60; iteration++) {
    const exps = stages.map(Math.exp);
    const residual = stages.map((value, s) => {
      let sum = u - value;
      for (let j = 0; j < 3; j++) sum += h * a[s][j] * (rates[j] - exps[j]);
      return sum;
    });
    // (I + h A diag(e^U)) Δ = residual
    const matrix = a.map((row, s) => row.map((w, j) => h * w * exps[j] + (s === j ? 1 : 0)));
    const step = solveThree(matrix, residual);
    const size = Math.max(...step.map(Math.abs));
    const damp = size > 2 ? 2 / size : 1;
    step.forEach((value, s) => {
      stages[s] += damp * value;
    });
    if (size < 1e-14 * Math.max(1, Math.abs(stages[2]))) break;
  }
  return stages[2];
}

/** Cramer's rule. */
function solveThree(m: readonly (readonly number[])[], b: readonly number[]): number[] {
  const minor = (r: number, s: number, i: number, j: number) =>
    m[r][i] * m[s][j] - m[r][j] * m[s][i];
  const cofactors = [minor(1, 2, 1, 2), -minor(1, 2, 0, 2), minor(1, 2, 0, 1)];
  const determinant = m[0][0] * cofactors[0] + m[0][1] * cofactors[1] + m[0][2] * cofactors[2];
  const replaced = (column: number) => {
    const k = m.map((row, r) => row.map((value, c) => (c === column ? b[r] : value)));
    return (
      k[0][0] * (k[1][1] * k[2][2] - k[1][2] * k[2][1]) -
      k[0][1] * (k[1][0] * k[2][2] - k[1][2] * k[2][0]) +
      k[0][2] * (k[1][0] * k[2][1] - k[1][1] * k[2][0])
    );
  };
  return [0, 1, 2].map((column) => replaced(column) / determinant);
}
