import { minimumNormSolution } from '../numerics/least-squares.js';
import { nonNegativeLeastSquares } from '../numerics/nnls.js';
import { dot, maxAbs, norm } from '../numerics/vectors.js';
import { marginProgram } from './margin-program.js';
import { shortRows } from './short-rows.js';

/** The norm of the weights that a margin is measured in. */
export type MarginNorm = 'l1' | 'l2' | 'linf';

/** The names of those norms. */
export const marginNorms: readonly MarginNorm[] = ['l1', 'l2', 'linf'];

/** The largest margin, and what proves it. */
export interface MaxMargin {
  /** Weights of norm 1 that have the margin; zeros where no weights have a positive one. */
  readonly weights: Float64Array;
  /** min yᵢ xᵢ·w of these weights, at least 0. */
  readonly margin: number;
  /** μ ≥ 0, one for each example, with sum 1; positive on support vectors alone. */
  readonly multipliers: Float64Array;
  /** ‖Σ μᵢ yᵢ xᵢ‖ in the dual norm, which no margin exceeds, minus the margin. */
  readonly gap: number;
}

/** Which norm of the weights is bounded by 1. */
export interface MaxMarginOptions {
  /** Default l2, the margin of support vector machines. */
  readonly norm?: MarginNorm;
}

/**
 * The largest min yᵢ xᵢ·w over weights w with ‖w‖ ≤ 1 in the l1, l2 or l∞ norm. For `inputs` of n×d numbers, row
 * by row, and n labels ±1, which may all be the same, the weights go through the origin: a threshold is the
 * weight of an input that is constant.
 *
 * By duality it equals the least ‖Σ μᵢ yᵢ xᵢ‖ in the dual norm (l∞, l2, l1) over μ on the simplex, and `gap`,
 * a few roundings of the inputs, certifies it. Where no weights classify every example, the largest margin
 * over ‖w‖ ≤ 1 is 0, at w = 0: that is the result, and its multipliers, with Σ μᵢ yᵢ xᵢ = 0 to rounding, are
 * the examples that contradict each other. l2 takes the rows themselves, not their inner products (Lawson &
 * Hanson 1974, chapter 23); l1 and l∞ are linear programs, whose time grows like d³. Throws a sentence where
 * there are no examples, sizes do not agree, or a number is not finite or not a label.
 */
export function maxMargin(
  inputs: Float64Array,
  labels: Float64Array,
  { norm: of = 'l2' }: MaxMarginOptions = {},
): MaxMargin {
  if (!marginNorms.includes(of)) {
    throw new Error(`maxMargin: expected the norm to be l1, l2 or linf, found ${String(of)}.`);
  }
  const { rows, scale } = signedRows(inputs, labels);
  const count = labels.length;
  const size = inputs.length / count;
  if (scale === 0) return certified(rows, size, new Float64Array(size), evenly(count), of, 1);
  const { weights, multipliers } =
    of === 'l2' ? shortestCombination(rows, count, size) : marginProgram(rows, count, size, of);
  return certified(rows, size, weights, multipliers, of, scale);
}

/** The rows yᵢ xᵢ, divided by a power of two that brings the largest entry near 1. */
function signedRows(inputs: Float64Array, labels: Float64Array) {
  const count = labels.length;
  if (count === 0) throw new Error('maxMargin: expected at least one example, found none.');
  if (inputs.length === 0 || inputs.length % count !== 0) {
    throw new Error(
      `maxMargin: expected as many inputs for each of the ${count} labels, found ${inputs.length} numbers in all.`,
    );
  }
  const size = inputs.length / count;
  labels.forEach((label, i) => {
    if (label !== 1 && label !== -1) {
      throw new Error(`maxMargin: expected labels +1 or -1, found labels[${i}] = ${label}.`);
    }
  });
  inputs.forEach((value, k) => {
    if (Number.isFinite(value)) return;
    throw new Error(
      `maxMargin: expected finite inputs, found ${value} as number ${k % size} of example ${Math.floor(k / size)}.`,
    );
  });
  const largest = maxAbs(inputs);
  const scale = largest === 0 ? 0 : 2 ** Math.max(-1022, Math.floor(Math.log2(largest)));
  const rows = inputs.map((value, k) => (labels[Math.floor(k / size)] * value) / (scale || 1));
  return { rows, scale };
}

function evenly(count: number): Float64Array {
  return new Float64Array(count).fill(1 / count);
}

/** Weights brought to norm 1 and multipliers to sum 1, with the two values that bracket the optimum. */
function certified(
  rows: Float64Array,
  size: number,
  weights: Float64Array,
  multipliers: Float64Array,
  of: MarginNorm,
  scale: number,
): MaxMargin {
  const total = multipliers.reduce((sum, value) => sum + value, 0);
  const shares = multipliers.map((value) => value / total);
  const combined = combination(rows, shares, size);
  const length = NORMS[of](weights);
  const unit = length > 0 ? weights.map((value) => value / length) : weights;
  const margin = smallestProduct(rows, unit);
  const bound = scale * NORMS[DUAL[of]](combined);
  if (!(margin > 0)) {
    return { weights: new Float64Array(size), margin: 0, multipliers: shares, gap: bound };
  }
  return {
    weights: unit,
    margin: scale * margin,
    multipliers: shares,
    gap: Math.max(0, bound - scale * margin),
  };
}

const NORMS: Readonly<Record<MarginNorm, (a: Float64Array) => number>> = {
  l1: (a) => a.reduce((sum, value) => sum + Math.abs(value), 0),
  l2: norm,
  linf: maxAbs,
};

const DUAL: Readonly<Record<MarginNorm, MarginNorm>> = { l1: 'linf', l2: 'l2', linf: 'l1' };

function combination(rows: Float64Array, shares: Float64Array, size: number): Float64Array {
  const sum = new Float64Array(size);
  shares.forEach((share, i) => {
    if (share === 0) return;
    for (let j = 0; j < size; j++) sum[j] += share * rows[i * size + j];
  });
  return sum;
}

function smallestProduct(rows: Float64Array, weights: Float64Array): number {
  const size = weights.length;
  let smallest = Infinity;
  for (let at = 0; at < rows.length; at += size) {
    smallest = Math.min(smallest, dot(weights, rows.subarray(at)));
  }
  return smallest;
}

/** The shortest vector of the rows' convex hull is the largest margin's weights, by its length. */
function shortestCombination(rows: Float64Array, count: number, size: number) {
  // As many numbers a row as there are rows suffice for all inner products.
  const short = shortRows(rows, count, size);
  const width = short.length / count;
  let shares = hullShares(short, count, width, 1);
  const length = norm(combination(short, shares, width));
  // Where the hull comes near 0, the sum of shares must weigh as little as that, or it hides the digits.
  if (length > ZERO && length < NEAR) shares = hullShares(short, count, width, length);
  const combined = combination(rows, shares, size);
  const reached = marginOf(rows, combined);
  if (norm(combined) - reached <= ROUNDING) return { weights: combined, multipliers: shares };
  const solved = weightsOnSupport(rows, shares, size);
  const weights = marginOf(rows, solved) > reached ? solved : combined;
  return { weights, multipliers: shares };
}

/** A hull this near to 0, beside rows of about 1, contains it to rounding. */
const ZERO = 1e-13;
const NEAR = 0.1;
/** A gap of this size, beside rows of about 1, is rounding. */
const ROUNDING = 1e-15;

/** The shortest weights with margin 1 on each example of positive share: right where shares nearly cancel. */
function weightsOnSupport(rows: Float64Array, shares: Float64Array, size: number): Float64Array {
  const support = [...shares.keys()].filter((i) => shares[i] > 0);
  const matrix = new Float64Array(support.length * size);
  support.forEach((i, k) => matrix.set(rows.subarray(i * size, (i + 1) * size), k * size));
  const ones = new Float64Array(support.length).fill(1);
  return minimumNormSolution(support.length, size, matrix, ones, Number.EPSILON);
}

function marginOf(rows: Float64Array, weights: Float64Array): number {
  const margin = smallestProduct(rows, weights) / norm(weights);
  return Number.isFinite(margin) ? margin : -Infinity;
}

/** Minimises ‖Zᵀc‖² + weight²(Σ c − 1)² over c ≥ 0, whose minimiser is a multiple of the shares. */
function hullShares(rows: Float64Array, count: number, size: number, weight: number): Float64Array {
  const matrix = new Float64Array((size + 1) * count).fill(weight);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < size; j++) matrix[j * count + i] = rows[i * size + j];
  }
  const target = new Float64Array(size + 1);
  target[size] = weight;
  const { solution, converged } = nonNegativeLeastSquares(size + 1, count, matrix, target);
  const total = solution.reduce((sum, value) => sum + value, 0);
  if (!converged || !(total > 0)) {
    throw new Error('maxMargin: the quadratic program ran out of iterations.');
  }
  return solution.map((value) => value / total);
}
