/** Plain float64 vector operations; every `…Into` writes into its last argument. */

/**
 * Σ aᵢ bᵢ, from the first entry to the last; 0 for empty vectors. `b` has at least the length of `a`, which
 * is not checked.
 */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/**
 * Euclidean norm, at least 0 and scaled so that entries up to 1e308 do not overflow; 0 for an empty vector,
 * Infinity or NaN where an entry is.
 */
export function norm(a: Float64Array): number {
  const squares = dot(a, a);
  if (squares > 1e-280 && squares < 1e280) return Math.sqrt(squares);
  const largest = maxAbs(a);
  if (largest === 0 || !Number.isFinite(largest)) return largest;
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] / largest) ** 2;
  return largest * Math.sqrt(sum);
}

/** max |aᵢ|; 0 for an empty vector, NaN if an entry is NaN. */
export function maxAbs(a: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i]));
  return largest;
}

/** Smallest entry; Infinity for an empty vector, NaN if an entry is NaN. */
export function minimum(a: Float64Array): number {
  let smallest = Infinity;
  for (let i = 0; i < a.length; i++) smallest = Math.min(smallest, a[i]);
  return smallest;
}

/** y ← y + c·x, in place; `x` has at least the length of `y`, which is not checked. */
export function addScaled(y: Float64Array, c: number, x: Float64Array): void {
  for (let i = 0; i < y.length; i++) y[i] += c * x[i];
}

/** a ← c·a, in place. */
export function scale(a: Float64Array, c: number): void {
  for (let i = 0; i < a.length; i++) a[i] *= c;
}

/**
 * A copy of `a` divided by its norm. Throws on the zero vector, which has no direction, and on one with an
 * entry that is not finite.
 */
export function normalized(a: Float64Array): Float64Array {
  const length = norm(a);
  if (!(length > 0) || !Number.isFinite(length)) {
    throw new Error(`A direction needs a finite vector other than zero; its norm is ${length}.`);
  }
  return a.map((value) => value / length);
}

/**
 * ‖a − b‖ of two vectors of one length, at least 0. The squares are formed: differences above 1e154 give
 * Infinity.
 */
export function distanceBetween(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] - b[i]) ** 2;
  return Math.sqrt(sum);
}

/**
 * Angle between two vectors of one length in radians, in [0, π]; NaN where one of them is zero. Uses
 * 2·atan2(‖u − v‖, ‖u + v‖) on unit vectors (Kahan), which keeps its relative accuracy for tiny angles
 * where arccos(⟨u, v⟩) loses all of it.
 */
export function angleBetween(a: Float64Array, b: Float64Array): number {
  const lengthA = norm(a);
  const lengthB = norm(b);
  let difference = 0;
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    const u = a[i] / lengthA;
    const v = b[i] / lengthB;
    difference += (u - v) ** 2;
    sum += (u + v) ** 2;
  }
  return 2 * Math.atan2(Math.sqrt(difference), Math.sqrt(sum));
}

/**
 * Quantile of the values, in any order, at a fraction in [0, 1], with linear interpolation between order
 * statistics (type 7 of Hyndman and Fan 1996, as NumPy has it); NaN where there are no values.
 */
export function quantile(values: ArrayLike<number>, fraction: number): number {
  const sorted = Float64Array.from(values).sort();
  if (sorted.length === 0) return NaN;
  const position = fraction * (sorted.length - 1);
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
}
