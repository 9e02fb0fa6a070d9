import { algebraForOrder } from './linear-algebra.js';

/**
 * The x of smallest norm among those that minimize ‖A·x − b‖, for the row-major rows×columns matrix
 * `a` of any rank. Singular values ≤ tolerance times the largest count as zero. All NaN when an
 * entry of `a` or `b` is not finite. Neither array is overwritten.
 */
export function minimumNormSolution(
  rows: number,
  columns: number,
  a: Float64Array,
  b: Float64Array,
  tolerance: number,
): Float64Array {
  if (!(tolerance >= 0)) throw new RangeError(`tolerance must not be negative, got ${tolerance}.`);
  const algebra = algebraForOrder(Math.min(rows, columns));
  return algebra.minimumNorm(rows, columns, a, b, tolerance);
}
