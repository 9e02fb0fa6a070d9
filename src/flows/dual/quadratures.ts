import { dot, maxAbs } from '../../numerics/vectors.js';
import type { Quadratures } from '../quadratures.js';
import type { DualStage } from './dual-stage.js';
import { radauTableau } from '../radau-tableau.js';

/** What the quadratures need of a step, beside its stages: L, β and α at its start, and the loss. */
export interface QuadratureTerms {
  readonly degree: number;
  readonly beta: number;
  readonly alpha: number;
  /** −d log|ℓ′|/dα. */
  slopeDecay(alpha: number): number;
}

/**
 * Carries the quadratures over a step of size h by the step's own collocation, which has order 5. The
 * time obeys the stiff scalar equation u′ = g′ − eᵘ with g = log dt/dτ, solved by Newton's method.
 */
export function integrateQuadratures(
  from: Quadratures,
  stages: readonly DualStage[],
  h: number,
  terms: QuadratureTerms,
): Quadratures {
  const { degree, beta, alpha, slopeDecay } = terms;
  const { a } = radauTableau;
  const rates = stages.map(
    ({ velocity, logNormChange }) =>
      beta * Math.exp(degree * logNormChange) * dot(velocity, velocity),
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
  const exps = [0, 0, 0];
  const matrix = new Float64Array(9);
  const step = new Float64Array(3);
  for (let iteration = 0; iteration < 60; iteration++) {
    for (let j = 0; j < 3; j++) exps[j] = Math.exp(stages[j]);
    // (I + h A diag(e^U)) Δ = u − U + h A (rate − e^U)
    for (let s = 0; s < 3; s++) {
      step[s] = u - stages[s];
      for (let j = 0; j < 3; j++) {
        const weight = h * a[s][j];
        step[s] += weight * (rates[j] - exps[j]);
        matrix[3 * s + j] = weight * exps[j] + (s === j ? 1 : 0);
      }
    }
    solveThree(matrix, step);
    const size = maxAbs(step);
    const damp = size > 2 ? 2 / size : 1;
    for (let s = 0; s < 3; s++) stages[s] += damp * step[s];
    if (size < 1e-14 * Math.max(1, Math.abs(stages[2]))) break;
  }
  return stages[2];
}

/** b ← m⁻¹ b by Cramer's rule. */
function solveThree(m: Float64Array, b: Float64Array): void {
  const [x, y, z] = b;
  const [a0, b0, c0, a1, b1, c1, a2, b2, c2] = m;
  const determinant = determinantOf(a0, b0, c0, a1, b1, c1, a2, b2, c2);
  b[0] = determinantOf(x, b0, c0, y, b1, c1, z, b2, c2) / determinant;
  b[1] = determinantOf(a0, x, c0, a1, y, c1, a2, z, c2) / determinant;
  b[2] = determinantOf(a0, b0, x, a1, b1, y, a2, b2, z) / determinant;
}

// prettier-ignore
function determinantOf(
  a0: number, b0: number, c0: number,
  a1: number, b1: number, c1: number,
  a2: number, b2: number, c2: number,
): number {
  return a0 * (b1 * c2 - b2 * c1) - b0 * (a1 * c2 - a2 * c1) + c0 * (a1 * b2 - a2 * b1);
}
