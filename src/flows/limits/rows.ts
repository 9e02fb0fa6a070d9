/* Rows over all parameters, one after the other in an array. */

/** A vector with the stretch of it that is not zero: those of kinks are short. */
export interface Stretch {
  readonly values: Float64Array;
  readonly from: number;
  readonly to: number;
}

/** The stretch of a vector from its first number that is not zero to its last; empty where all are. */
export function stretchOf(values: Float64Array): Stretch {
  let [from, to] = [0, values.length];
  while (from < to && values[from] === 0) from++;
  while (to > from && values[to - 1] === 0) to--;
  return { values, from, to };
}

/** The chosen rows, one after the other. */
export function pickRows(rows: Float64Array, n: number, chosen: readonly number[]): Float64Array {
  const picked = new Float64Array(chosen.length * n);
  chosen.forEach((r, k) => picked.set(rows.subarray(r * n, (r + 1) * n), k * n));
  return picked;
}
