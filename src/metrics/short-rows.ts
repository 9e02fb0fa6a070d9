import { activate, activeColumns, remainder } from '../numerics/active-columns.js';

/** What is left of a row beside those before it counts as nothing up to this share of the longest. */
const DEPENDENT = 1e-15;

/**
 * Rows with the inner products of the given count×size ones and at most `count` numbers each, row-major:
 * those of R in Zᵀ = QR, by Householder reflections, so that no digits are lost as they are in a Gram matrix.
 * The rows themselves where they have no more numbers than that.
 */
export function shortRows(rows: Float64Array, count: number, size: number): Float64Array {
  if (size <= count) return rows;
  const state = activeColumns(size, count, rows, new Float64Array(size));
  // The longest rest comes first, so that what rounding leaves of dependent rows comes last.
  let longest = 0;
  for (;;) {
    let next = -1;
    let rest = longest * DEPENDENT;
    for (let i = 0; i < count; i++) {
      if (state.active.includes(i)) continue;
      const { norm } = remainder(state, i);
      if (norm > rest) [next, rest] = [i, norm];
    }
    if (next < 0) break;
    longest = Math.max(longest, rest);
    activate(state, next);
  }
  const width = Math.max(1, state.active.length);
  const short = new Float64Array(count * width);
  for (let i = 0; i < count; i++) {
    short.set(state.transformed.subarray(i * size, i * size + width), i * width);
  }
  return short;
}
