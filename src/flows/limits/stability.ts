import { randomStream } from '../../numerics/random.js';
import { dot, normalized } from '../../numerics/vectors.js';
import { rowCount, type ConstraintRows } from './rows.js';
import { tangentSystem } from './tangent-system.js';

/** Eigenvalues this near to 1 count as 1. */
const NEUTRAL = 1e-6;
const BISECTIONS = 60;
const PRECISION = 1e-10;
/** A bracket as narrow as this is worth a guess by inverse iteration, with so many steps. */
const ROUGH = 1e-2;
const ITERATIONS = 5;
/** No smaller number comes out of a bisection. */
const ZERO = 1e-9;

/** How the flow moves near a KKT point, to first order. */
export interface Stability {
  /**
   * λ: the largest eigenvalue of Σ μ ∇²p / (Lγ) on the tangent space (orthogonal to w, to every pressing
   * ∇p and to ∇z of the kinks slid along), apart from those that equal 1. Deviations go like ‖θ‖^{λ−1},
   * that is α^{−(1−λ)/L}: a point with λ > 1 is left, however late. NaN where the space is empty.
   */
  readonly lambda: number;
  /** Number of eigenvalues above 1: directions in which the flow leaves. */
  readonly unstable: number;
  /** Number of eigenvalues that equal 1: where KKT points form a manifold, its dimension. */
  readonly flat: number;
  /** Dimension of the tangent space. */
  readonly tangent: number;
}

/** The directions along the constraints of a KKT point, with the curvature there. */
export interface TangentSpace {
  /** Σ λ ∇²p with θ = Σ λ ∇p + …, block by block. */
  readonly curvature: readonly Float64Array[];
  /** Gradients of the constraints, independent of each other. */
  readonly rows: ConstraintRows;
}

/**
 * The eigenvalues that matter of the curvature on a tangent space, by bisection on how many lie above a
 * number.
 */
export function stabilityOf(space: TangentSpace): Stability {
  const { curvature, rows } = space;
  const tangent = rows.n - rowCount(rows);
  const above = (value: number) => eigenvaluesAbove(space, value);
  if (tangent === 0) return { lambda: NaN, unstable: 0, flat: 0, tangent };
  // As for a linear model: nothing to bisect.
  if (largestRowSum(curvature) === 0) return { lambda: 0, unstable: 0, flat: 0, tangent };
  const unstable = above(1 + NEUTRAL);
  const bound = largestRowSum(curvature) + 1;
  const last = (from: number, to: number, count: number) =>
    lastAbove(above, (low, high) => eigenvalueBetween(space, low, high), [from, to], count);
  if (unstable > 0) {
    const lambda = last(1 + NEUTRAL, bound, 1);
    return { lambda, unstable, flat: above(1 - NEUTRAL) - unstable, tangent };
  }
  const flat = above(1 - NEUTRAL);
  if (flat === tangent) return { lambda: NaN, unstable, flat, tangent };
  return { lambda: last(-bound, 1 - NEUTRAL, flat + 1), unstable, flat, tangent };
}

function eigenvaluesAbove({ curvature, rows }: TangentSpace, value: number): number {
  // A shift that happens to be an eigenvalue of a block is as good as the next number.
  for (let shift = value, tries = 0; tries < 8; shift += 1e-13 * (1 + Math.abs(value)), tries++) {
    const system = tangentSystem(curvature, shift, rows);
    if (system) return system.above;
  }
  return NaN;
}

/**
 * The largest value, between two, above which there are at least so many eigenvalues: by bisection until a
 * guess can be made, which is taken where counting proves it.
 */
function lastAbove(
  above: (value: number) => number,
  guess: (low: number, high: number) => number,
  [from, to]: readonly [number, number],
  count: number,
): number {
  let [low, high] = [from, to];
  let hasGuessed = false;
  const width = (share: number) => share * (1 + Math.abs(low));
  for (let step = 0; step < BISECTIONS && high - low > width(PRECISION); step++) {
    if (!hasGuessed && high - low < width(ROUGH)) {
      hasGuessed = true;
      const value = guess(low, high);
      if (value - width(PRECISION) > low && above(value - width(PRECISION)) >= count)
        low = value - width(PRECISION);
      if (value + width(PRECISION) < high && above(value + width(PRECISION)) < count)
        high = value + width(PRECISION);
      continue;
    }
    const middle = (low + high) / 2;
    if (above(middle) >= count) low = middle;
    else high = middle;
  }
  const middle = (low + high) / 2;
  return Math.abs(middle) < ZERO ? 0 : middle;
}

/** By inverse iteration from the middle: the eigenvalue next to it, where that is apart from others. */
function eigenvalueBetween(space: TangentSpace, low: number, high: number): number {
  const { curvature, rows } = space;
  const system = tangentSystem(curvature, (low + high) / 2, rows);
  if (!system) return NaN;
  const none = new Float64Array(rowCount(rows));
  const stream = randomStream('eigenvalue');
  let vector: Float64Array = Float64Array.from({ length: rows.n }, () => stream.normal());
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    vector = normalized(system.solve(vector, none).d);
  }
  return dot(vector, curvatureTimes(space, vector));
}

/** Σ λ ∇²p times a vector. */
export function curvatureTimes(
  { curvature, rows }: TangentSpace,
  vector: Float64Array,
): Float64Array {
  const product = new Float64Array(vector.length);
  rows.blocks.forEach((indices, b) => {
    const matrix = curvature[b];
    indices.forEach((index, i) => {
      for (let j = 0, p = i * indices.length; j < indices.length; j++) {
        product[index] += matrix[p++] * vector[indices[j]];
      }
    });
  });
  return product;
}

function largestRowSum(curvature: readonly Float64Array[]): number {
  let most = 0;
  for (const matrix of curvature) {
    const size = Math.sqrt(matrix.length);
    for (let i = 0; i < size; i++) {
      let sum = 0;
      for (let j = 0; j < size; j++) sum += Math.abs(matrix[i * size + j]);
      most = Math.max(most, sum);
    }
  }
  return most;
}
