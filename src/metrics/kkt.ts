import { preactivationGradient, type KinkPlace } from '../flows/index.js';
import { nonNegativeLeastSquares } from '../numerics/nnls.js';
import { minimum } from '../numerics/vectors.js';
import { gradientsAtUnits, NO_PULL, requireKinks, slopesChosen } from './clarke.js';
import type { Snapshot } from './snapshot.js';

/** How nearly a point solves the KKT conditions of min ½‖θ‖² subject to pᵢ(θ) ≥ 1. */
export interface KktResidual {
  /** ‖θ − Σ λᵢ ∇pᵢ(θ) − Σ νₖ ∇zₖ‖ / ‖θ‖ with the best λ ≥ 0 and the best ν on the kinks. */
  readonly stationarity: number;
  /** Σ λᵢ (pᵢ − 1) / Σ λᵢ, with θ scaled so that the smallest margin is 1. */
  readonly complementarity: number;
  /** λ of every pair, scaled to sum 1; zero off the nearly active constraints. */
  readonly multipliers: Float64Array;
  /** Number of constraints with pᵢ ≤ (1 + slack)·min p. */
  readonly active: number;
  /**
   * For each given kink the slope that ν stands for. The point is stationary in Clarke's sense only
   * where it lies between the slopes of the unit, 0 and 1 for ReLU. NaN for a kink of an example that
   * is not active or that nothing pulls at.
   */
  readonly slopes: Float64Array;
}

/**
 * KKT residual by non-negative least squares over the constraints whose margin is at most (1 + slack)
 * times the smallest: the smaller the slack, the stricter complementarity. On a kink pᵢ has no single
 * gradient, and rounding chooses one; `kinks` names the places where that is so, and each of them that
 * belongs to an active example enters as ∇z with a multiplier ν of either sign. Needs a homogeneous
 * network and separated data; throws a sentence otherwise.
 */
export function kktResidual(
  at: Snapshot,
  slack: number,
  kinks: readonly KinkPlace[] = [],
): KktResidual {
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
  const examples = new Set(active.map((pair) => Math.floor(pair / objective.pairs)));
  const used = kinks.filter(({ example }) => examples.has(example));
  const jacobian = objective.marginJacobian(direction);
  const vectors = [
    ...active.map((pair) => jacobian.slice(pair * n, (pair + 1) * n)),
    ...used.flatMap(({ example, unit }) => {
      const across = preactivationGradient(objective, example, unit);
      return [across, across.map((value) => -value)];
    }),
  ];
  const { solution, residualNorm } = nonNegativeLeastSquares(
    n,
    vectors.length,
    asColumns(vectors, n),
    direction,
  );
  const lambda = new Float64Array(pairMargins.length);
  active.forEach((pair, k) => (lambda[pair] = solution[k]));
  const total = lambda.reduce((a, b) => a + b, 0);
  const multipliers = lambda.map((value) => (total > 0 ? value / total : 0));
  const pulls = used.map((_, k) => {
    const first = active.length + 2 * k;
    return solution[first] - solution[first + 1];
  });
  return {
    stationarity: residualNorm,
    complementarity: active.reduce(
      (sum, pair) => sum + multipliers[pair] * (pairMargins[pair] / smallest - 1),
      0,
    ),
    multipliers,
    active: active.length,
    slopes: slopesOf(at, lambda, kinks, used, pulls),
  };
}

/** The slopes whose gradients have the multipliers λ on the margins and the pulls ν on the kinks. */
function slopesOf(
  { objective, direction }: Snapshot,
  lambda: Float64Array,
  kinks: readonly KinkPlace[],
  used: readonly KinkPlace[],
  pulls: readonly number[],
): Float64Array {
  const slopes = new Float64Array(kinks.length).fill(NaN);
  if (used.length === 0) return slopes;
  const kinked = requireKinks(objective);
  const reaching = gradientsAtUnits(kinked, direction, lambda);
  const chosen = slopesChosen(kinked);
  const strengths = used.map(({ example, unit }) => reaching(example, unit));
  const least = NO_PULL * Math.max(...strengths.map(Math.abs));
  used.forEach((kink, k) => {
    if (!(Math.abs(strengths[k]) > least)) return;
    slopes[kinks.indexOf(kink)] = chosen(kink.example, kink.unit) + pulls[k] / strengths[k];
  });
  return slopes;
}

/** The matrix whose columns are the given vectors of n numbers, row-major. */
function asColumns(vectors: readonly Float64Array[], n: number): Float64Array {
  const columns = new Float64Array(n * vectors.length);
  vectors.forEach((vector, k) => {
    for (let i = 0; i < n; i++) columns[i * vectors.length + k] = vector[i];
  });
  return columns;
}
