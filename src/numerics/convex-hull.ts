import { nonNegativeLeastSquares } from './nnls.js';
import { norm } from './vectors.js';

/** The shortest vector of a convex hull, as a combination of the points. */
export interface HullPoint {
  /** Shares of the points, not negative, with sum 1. */
  readonly shares: Float64Array;
  /** Its length, where every point has been scaled to length 1. */
  readonly length: number;
}

/**
 * The least-norm convex combination of the rows of a count×size matrix, each divided by its length
 * first: 0 is in the hull of the rows just where it is in the hull of the scaled ones. A row of zeros
 * is the answer itself. Undefined where the search did not converge.
 *
 * By non-negative least squares on Zᵀc ≈ 0, Σ c ≈ 1 (Lawson & Hanson 1974, chapter 23).
 */
export function shortestOfHull(
  rows: Float64Array,
  count: number,
  size: number,
): HullPoint | undefined {
  const lengths = Float64Array.from({ length: count }, (_, i) =>
    norm(rows.subarray(i * size, (i + 1) * size)),
  );
  const zero = lengths.indexOf(0);
  if (zero >= 0) {
    const shares = new Float64Array(count);
    shares[zero] = 1;
    return { shares, length: 0 };
  }
  const matrix = new Float64Array((size + 1) * count).fill(1);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < size; j++) matrix[j * count + i] = rows[i * size + j] / lengths[i];
  }
  const target = new Float64Array(size + 1);
  target[size] = 1;
  const { solution, converged } = nonNegativeLeastSquares(size + 1, count, matrix, target);
  const total = solution.reduce((sum, value) => sum + value, 0);
  if (!converged || !(total > 0)) return undefined;
  const shares = solution.map((value) => value / total);
  const combined = new Float64Array(size);
  for (let j = 0; j < size; j++) {
    for (let i = 0; i < count; i++) combined[j] += shares[i] * matrix[j * count + i];
  }
  return { shares, length: norm(combined) };
}
