import { nonNegativeLeastSquares } from '../numerics/nnls.js';
import { minimum } from '../numerics/vectors.js';
import type { Snapshot } from './snapshot.js';

/** How nearly a point solves the KKT conditions of min ½‖θ‖² subject to pᵢ(θ) ≥ 1. */
export interface KktResidual {
  /** ‖θ − Σ λᵢ ∇pᵢ(θ)‖ / ‖θ‖ with the best λ ≥ 0 on the nearly active constraints. */
  readonly stationarity: number;
  /** Σ λᵢ (pᵢ − 1) / Σ λᵢ, with θ scaled so that the smallest margin is 1. */
  readonly complementarity: number;
  /** λ of every pair, scaled to sum 1; zero off the nearly active constraints. */
  readonly multipliers: Float64Array;
  /** Number of constraints with pᵢ ≤ (1 + slack)·min p. */
  readonly active: number;
}

/**
 * KKT residual by non-negative least squares over the constraints whose margin is at most (1 + slack)
 * times the smallest: the smaller the slack, the stricter complementarity. Needs a homogeneous
 * network and separated data; throws a sentence otherwise.
 */
export function kktResidual(at: Snapshot, slack: number): KktResidual {
  const { objective, direction, pairMargins, degree } = at;
  if (degree === 0) throw new Error('The KKT residual needs a homogeneous network.');
  const smallest = minimum(pairMargins);
  if (!(smallest > 0)) {
    throw new Error(`The KKT residual needs separated data; the smallest margin is ${smallest}.`);
  }
  const n = direction.length;
  const active: number[] = [];
  pairMargins.forEach((margin, i) => {
    if (margin <= (1 + slack) * smallest) active.push(i);
  });
  const jacobian = objective.marginJacobian(direction);
  const columns = new Float64Array(n * active.length);
  active.forEach((pair, k) => {
    for (let i = 0; i < n; i++) columns[i * active.length + k] = jacobian[pair * n + i];
  });
  const { solution, residualNorm } = nonNegativeLeastSquares(n, active.length, columns, direction);
  const total = solution.reduce((a, b) => a + b, 0);
  const multipliers = new Float64Array(pairMargins.length);
  let complementarity = 0;
  active.forEach((pair, k) => {
    multipliers[pair] = total > 0 ? solution[k] / total : 0;
    complementarity += multipliers[pair] * (pairMargins[pair] / smallest - 1);
  });
  return { stationarity: residualNorm, complementarity, multipliers, active: active.length };
}
