import { minimizeQuadraticInBox } from '../../numerics/box-constrained-qp.js';
import { nonNegativeLeastSquares } from '../../numerics/nnls.js';
import { innerProducts, solveRows, type DefiniteInverse } from './block-solver.js';
import { rowProducts, type ConstraintRows } from './rows.js';

/*
 * The dual of a convex step: min ½ dᵀMd + θ·d with margins' rows·d ≥ wanted, and kinks' preactivations
 * charged by up to their strengths. d = M⁻¹(rowsᵀ x − θ) for the multipliers x found here.
 */

/** What the dual with kinks is made of. */
export interface BoxedDual {
  readonly rows: ConstraintRows;
  /** The same times M⁻¹. */
  readonly solved: ConstraintRows;
  readonly theta: Float64Array;
  readonly wanted: Float64Array;
  /** Bounds of the multipliers. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Where to begin, if known: multipliers of the step before, or of the same one with fewer rows. */
  readonly guess: Float64Array | undefined;
}

/** With kinks, whose multipliers have two bounds: from inner products, which have half of the digits. */
export function boxedMultipliers(dual: BoxedDual): Float64Array {
  const { rows, solved, theta, wanted, lower, upper, guess } = dual;
  const pull = rowProducts(solved, theta);
  const linear = wanted.map((value, k) => -value - pull[k]);
  return minimizeQuadraticInBox(innerProducts(rows, solved), linear, lower, upper, guess);
}

/**
 * With margins alone: the point of least norm in a polyhedron by non-negative least squares (Lawson &
 * Hanson, chapter 23), on the rows themselves, so that badly scaled inputs lose no digits. Zeros where
 * no point meets the constraints.
 */
export function marginMultipliers(
  rows: ConstraintRows,
  wanted: Float64Array,
  theta: Float64Array,
  { half }: DefiniteInverse,
): Float64Array {
  const n = theta.length;
  const count = wanted.length;
  const scaled = solveRows(half, rows);
  const shift = rowProducts(scaled, half(theta));
  const columns = new Float64Array((n + 1) * count);
  const size = Math.max(...wanted.map((value, k) => Math.abs(value + shift[k])), 1e-300);
  for (let k = 0; k < count; k++) {
    for (let i = 0; i < n; i++) columns[i * count + k] = scaled.wide[k * n + i];
    columns[n * count + k] = (wanted[k] + shift[k]) / size;
  }
  const last = new Float64Array(n + 1);
  last[n] = 1;
  const { solution } = nonNegativeLeastSquares(n + 1, count, columns, last);
  let off = 1;
  for (let k = 0; k < count; k++) off -= columns[n * count + k] * solution[k];
  return off > 0 ? solution.map((value) => (size * value) / off) : new Float64Array(count);
}
