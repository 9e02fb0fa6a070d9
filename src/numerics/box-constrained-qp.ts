import { algebraForOrder } from './linear-algebra.js';

/** Sweeps of coordinate descent, which find most of the bounds that hold. */
const SWEEPS = 20;
/** Slopes up to this share of the terms that they are made of count as zero. */
const SETTLED = 1e-12;
/** Added to the diagonal of K, as a share of it, so that dependent rows can be solved for. */
const RIDGE = 1e-12;
/** Full steps on one set of free coordinates: more than one only where the ridge matters. */
const REFINEMENTS = 4;

/** What the method asks of a symmetric positive semidefinite matrix K with a positive diagonal. */
export interface SemidefiniteMatrix {
  readonly order: number;
  diagonal(i: number): number;
  /** `start` + (K x)ᵢ. */
  plusRow(start: number, i: number, x: Float64Array): number;
  /** The largest |Kᵢⱼ| sizesⱼ over all j. */
  largestTerm(i: number, sizes: Float64Array): number;
  /**
   * What solves with K on some of the coordinates, its diagonal larger by the share `ridge`, in place of a right
   * side with a number for each; undefined where that is singular.
   */
  solverOn(chosen: readonly number[], ridge: number): ((right: Float64Array) => void) | undefined;
}

interface BoxProblem {
  readonly k: SemidefiniteMatrix;
  readonly b: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** What counts as zero for the slope of each coordinate: rounding of the terms that it is made of. */
  readonly negligible: Float64Array;
}

/** An n×n matrix, row-major, as the method asks for it. */
function denseMatrix(n: number, k: Float64Array): SemidefiniteMatrix {
  return {
    order: n,
    diagonal: (i) => k[i * n + i],
    plusRow(start, i, x) {
      let sum = start;
      for (let j = 0; j < n; j++) sum += k[i * n + j] * x[j];
      return sum;
    },
    largestTerm(i, sizes) {
      let most = 0;
      for (let j = 0; j < n; j++) most = Math.max(most, Math.abs(k[i * n + j]) * sizes[j]);
      return most;
    },
    solverOn(chosen, ridge) {
      const m = chosen.length;
      const matrix = new Float64Array(m * m);
      chosen.forEach((i, r) => {
        chosen.forEach((j, c) => {
          matrix[r * m + c] = k[i * n + j];
        });
        matrix[r * m + r] *= 1 + ridge;
      });
      const pivots = new Int32Array(m);
      const algebra = algebraForOrder(m);
      if (!algebra.luFactor(m, matrix, pivots)) return undefined;
      return (right) => algebra.luSolve(m, matrix, pivots, right);
    },
  };
}

/**
 * The x in the box lower ≤ x ≤ upper that minimizes ½ xᵀ K x + bᵀ x, for a symmetric positive semidefinite
 * matrix K of order n, row-major where it is an array, with a positive diagonal, and b in its range; the
 * other arrays have n numbers each, and none is overwritten. Coordinate descent finds most of the bounds that hold, and an active-set
 * method goes on from there; or from a `guess` that is at most of them already. Coordinate descent alone would
 * need thousands of sweeps where rows are nearly parallel.
 */
export function minimizeQuadraticInBox(
  matrix: Float64Array | SemidefiniteMatrix,
  b: Float64Array,
  lower: Float64Array,
  upper: Float64Array,
  guess?: Float64Array,
): Float64Array {
  const k = matrix instanceof Float64Array ? denseMatrix(b.length, matrix) : matrix;
  const sizes = lower.map((value, j) => Math.max(Math.abs(value), Math.abs(upper[j])));
  const negligible = b.map(
    (value, i) => SETTLED * Math.max(Math.abs(value), k.largestTerm(i, sizes)),
  );
  const problem = { k, b, lower, upper, negligible };
  const x = b.map((_, i) => clip(problem, i, guess?.[i] ?? 0));
  if (!guess) descendByCoordinates(problem, x);
  const n = b.length;
  const free = new Set([...x.keys()].filter((i) => x[i] > lower[i] && x[i] < upper[i]));
  for (let change = 0; change < 20 + 10 * n; change++) {
    const blocking = moveToMinimum(problem, x, [...free]);
    if (blocking !== undefined) {
      free.delete(blocking);
      continue;
    }
    const leaving = steepestInwards(problem, x, free);
    if (leaving === undefined) break;
    free.add(leaving);
  }
  return x;
}

function clip({ lower, upper }: BoxProblem, i: number, value: number): number {
  return Math.min(upper[i], Math.max(lower[i], value));
}

/** (K x + b)ᵢ. */
function slopeAt({ k, b }: BoxProblem, x: Float64Array, i: number): number {
  return k.plusRow(b[i], i, x);
}

function descendByCoordinates(problem: BoxProblem, x: Float64Array): void {
  const { k, lower, upper } = problem;
  const n = x.length;
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let moved = 0;
    for (let i = 0; i < n; i++) {
      const next = clip(problem, i, x[i] - slopeAt(problem, x, i) / k.diagonal(i));
      moved = Math.max(moved, Math.abs(next - x[i]) / (upper[i] - lower[i] || 1));
      x[i] = next;
    }
    if (moved < SETTLED) return;
  }
}

/**
 * Moves the free coordinates to their minimum, or on the way there up to the first bound that they
 * meet; returns the coordinate that met it.
 */
function moveToMinimum(
  problem: BoxProblem,
  x: Float64Array,
  free: readonly number[],
): number | undefined {
  const { k, lower, upper } = problem;
  if (free.length === 0) return undefined;
  const solve = k.solverOn(free, RIDGE);
  if (!solve) return undefined;
  for (let step = 0; step < REFINEMENTS; step++) {
    // −(K + ridge)⁻¹ (K x + b) on the free coordinates.
    const direction = new Float64Array(free.length);
    for (let r = 0; r < free.length; r++) direction[r] = -slopeAt(problem, x, free[r]);
    solve(direction);
    let share = 1;
    let blocking: number | undefined;
    free.forEach((i, r) => {
      const room = (direction[r] > 0 ? upper[i] : lower[i]) - x[i];
      if (share * Math.abs(direction[r]) > Math.abs(room)) {
        share = room / direction[r];
        blocking = i;
      }
    });
    free.forEach((i, r) => {
      x[i] = clip(problem, i, x[i] + share * direction[r]);
    });
    if (blocking !== undefined) {
      x[blocking] = direction[free.indexOf(blocking)] > 0 ? upper[blocking] : lower[blocking];
      return blocking;
    }
    if (free.every((i) => Math.abs(slopeAt(problem, x, i)) <= problem.negligible[i])) break;
  }
  return undefined;
}

/** The coordinate at a bound whose slope points most strongly into the box. */
function steepestInwards(
  problem: BoxProblem,
  x: Float64Array,
  free: ReadonlySet<number>,
): number | undefined {
  const { lower, upper, negligible } = problem;
  let steepest: number | undefined;
  let most = 1;
  for (let i = 0; i < x.length; i++) {
    if (free.has(i) || lower[i] === upper[i]) continue;
    const slope = slopeAt(problem, x, i);
    const inwards = (x[i] === lower[i] ? -slope : slope) / negligible[i];
    if (inwards > most) {
      most = inwards;
      steepest = i;
    }
  }
  return steepest;
}
