import type { Objective } from '../losses/index.js';
import { nonNegativeLeastSquaresFromGram } from '../numerics/nnls-gram.js';
import { algebraForProduct } from '../numerics/linear-algebra.js';
import { addScaled, dot, minimum, norm } from '../numerics/vectors.js';
import { alignment, type Snapshot } from './snapshot.js';

/** How many pairs enter a KKT residual, and how their gradients are had. */
export interface ActiveKktOptions {
  /** Largest number of pairs that enter; each costs a pullback and the memory of one gradient. */
  readonly most: number;
  /** Only pairs whose dual variable is at least this share of the largest enter, in [0, 1]. */
  readonly threshold: number;
  /**
   * The same objective on the given example only, so that a gradient costs a pass through one
   * example; without it each costs a pass through all. Statistics of batch norms must be frozen.
   */
  readonly onExample?: (example: number) => Objective;
}

/** How nearly a point solves the KKT conditions, seen through the pairs that pull the most. */
export interface ActiveKktResidual {
  /** ‖θ − Σ λᵢ ∇pᵢ(θ)‖ / ‖θ‖ with the best λ ≥ 0 on the active pairs. */
  readonly stationarity: number;
  /** Σ λᵢ (pᵢ / min p − 1) / Σ λᵢ. */
  readonly complementarity: number;
  /** Cosine between θ and Σ q ∇p over all pairs: what the flow itself takes for λ. */
  readonly alignment: number;
  /** λ of every pair, scaled to sum 1; zero off the active pairs. */
  readonly multipliers: Float64Array;
  /** Pairs that entered. */
  readonly active: number;
  /** Pairs that reach the threshold; more than `active` where `most` left some out. */
  readonly eligible: number;
  /** Share of Σ q that the active pairs hold. */
  readonly dualShare: number;
}

/**
 * The KKT residual of min ½‖θ‖² subject to pᵢ(θ) ≥ 1 for networks whose Jacobian is too large:
 * gradients of the active pairs by pullbacks, and non-negative least squares on their inner products.
 * Pairs are chosen by their dual variables, which vanish where a margin is large. With all pairs active
 * it is `kktResidual` at infinite slack; with fewer it is an upper bound of that. For a network without
 * degree it is taken at θ itself. Throws a sentence where the data are not separated, and a RangeError
 * for options out of range.
 */
export function activeKktResidual(at: Snapshot, options: ActiveKktOptions): ActiveKktResidual {
  const { objective, direction, pairMargins, dual } = at;
  const smallest = minimum(pairMargins);
  if (!(smallest > 0)) {
    throw new Error(`The KKT residual needs separated data; the smallest margin is ${smallest}.`);
  }
  const { pairs, eligible } = activePairs(dual, options);
  const point = pointOf(at);
  const rows = pairs.map((pair) => gradientOf(objective, point, pair, options.onExample));
  const { gram, products } = innerProducts(rows, direction);
  const { solution } = nonNegativeLeastSquaresFromGram(pairs.length, gram, products, 1);
  // From the vectors themselves: inner products have lost half of the digits.
  const rest = direction.slice();
  rows.forEach((row, k) => addScaled(rest, -solution[k], row));
  const total = solution.reduce((sum, value) => sum + value, 0);
  const multipliers = new Float64Array(dual.length);
  let complementarity = 0;
  pairs.forEach((pair, k) => {
    multipliers[pair] = total > 0 ? solution[k] / total : 0;
    complementarity += multipliers[pair] * (pairMargins[pair] / smallest - 1);
  });
  return {
    stationarity: norm(rest),
    complementarity,
    alignment: alignment(at),
    multipliers,
    active: pairs.length,
    eligible,
    dualShare:
      pairs.reduce((sum, pair) => sum + dual[pair], 0) / dual.reduce((sum, q) => sum + q, 0),
  };
}

/** The pairs with the largest dual variables, largest first; of equal ones the earlier first. */
function activePairs(
  dual: Float64Array,
  { most, threshold }: ActiveKktOptions,
): { pairs: number[]; eligible: number } {
  if (!(Number.isInteger(most) && most >= 1 && threshold >= 0 && threshold <= 1)) {
    throw new RangeError(
      `The active KKT residual got most = ${most} and threshold = ${threshold}; ` +
        'expected a whole number of at least 1 and a number from 0 to 1.',
    );
  }
  const least = threshold * dual.reduce((a, b) => Math.max(a, b), 0);
  const reaching = [...dual.keys()].filter((pair) => dual[pair] >= least);
  reaching.sort((a, b) => dual[b] - dual[a] || a - b);
  return { pairs: reaching.slice(0, most), eligible: reaching.length };
}

/** Where the snapshot's margins and gradient were taken: w, or θ where there is no degree. */
function pointOf({ objective, direction, logNorm }: Snapshot): Float64Array {
  if (objective.network.degree.homogeneous) return direction;
  const length = Math.exp(logNorm);
  return direction.map((value) => length * value);
}

function gradientOf(
  objective: Objective,
  point: Float64Array,
  pair: number,
  onExample: ActiveKktOptions['onExample'],
): Float64Array {
  const example = Math.floor(pair / objective.pairs);
  const own = onExample ? onExample(example) : objective;
  const weights = new Float64Array(own.examples * own.pairs);
  weights[onExample ? pair - example * objective.pairs : pair] = 1;
  const gradient = new Float64Array(objective.parameters);
  own.pullback(point, weights, gradient);
  return gradient;
}

function innerProducts(
  rows: readonly Float64Array[],
  direction: Float64Array,
): { gram: Float64Array; products: Float64Array } {
  const count = rows.length;
  const length = direction.length;
  const flat = new Float64Array(count * length);
  rows.forEach((row, r) => flat.set(row, r * length));
  const gram = new Float64Array(count * count);
  const algebra = algebraForProduct(count * count * length);
  // prettier-ignore
  algebra.gemm(false, true, count, count, length, 1, flat, 0, length, flat, 0, length, 0, gram, 0, count);
  return { gram, products: Float64Array.from(rows, (row) => dot(row, direction)) };
}
