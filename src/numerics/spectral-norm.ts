import { algebraForProduct } from './linear-algebra.js';
import { randomStream } from './random.js';
import { addScaled, dot, maxAbs, norm, scale } from './vectors.js';

/** From this many multiply-adds on (rows·columns·the smaller of both) all singular values cost too much. */
const LARGE = 4_000_000;
const MOST_STEPS = 300;
/** The largest value counts as found when this many steps change its square by less than this share. */
const STEPS_APART = 5;
const TOLERANCE = 1e-11;

/**
 * ‖A‖₂, the largest singular value of a row-major rows×columns matrix: from all of them where it is
 * small, else by `lanczosSpectralNorm`. 0 for a matrix of zeros, NaN where an entry is not finite.
 */
export function spectralNorm(rows: number, columns: number, a: Float64Array): number {
  if (rows === 1 || columns === 1) return norm(a);
  const multiplyAdds = rows * columns * Math.min(rows, columns);
  if (multiplyAdds > LARGE) return lanczosSpectralNorm(rows, columns, a);
  return algebraForProduct(multiplyAdds).singularValues(rows, columns, a)[0];
}

/**
 * ‖A‖₂ of a row-major rows×columns matrix by Lanczos steps on AᵀA with full reorthogonalization, from a
 * start that is always the same: a hundred sweeps through the matrix give ten digits where the largest
 * singular values crowd like those of a random matrix, and more where one stands out. 0 for a matrix of
 * zeros, NaN where an entry is not finite.
 */
export function lanczosSpectralNorm(rows: number, columns: number, a: Float64Array): number {
  const largest = maxAbs(a);
  if (!Number.isFinite(largest)) return NaN;
  if (largest === 0) return 0;
  const stream = randomStream('spectral norm');
  const basis: Float64Array[] = [];
  const diagonal: number[] = [];
  const beside: number[] = [];
  const next = Float64Array.from({ length: columns }, () => stream.normal());
  let length = norm(next);
  let found = 0;
  for (let k = 0; k < Math.min(MOST_STEPS, columns, rows + 1); k++) {
    const v = next.map((value) => value / length);
    basis.push(v);
    timesGram(rows, columns, a, largest, v, next);
    diagonal.push(dot(v, next));
    // Twice is enough: the first pass leaves rounding that the second one removes.
    for (let pass = 0; pass < 2; pass++) {
      for (const earlier of basis) addScaled(next, -dot(earlier, next), earlier);
    }
    length = norm(next);
    const last = k % STEPS_APART === STEPS_APART - 1;
    if (last) {
      const before = found;
      found = largestEigenvalue(diagonal, beside);
      if (found - before <= TOLERANCE * found) break;
    }
    if (!(length > Number.EPSILON * diagonal[0])) break;
    beside.push(length);
  }
  return largest * Math.sqrt(largestEigenvalue(diagonal, beside));
}

/** into ← (A/unit)ᵀ(A/unit)·v, in one sweep through the rows. */
function timesGram(
  rows: number,
  columns: number,
  a: Float64Array,
  unit: number,
  v: Float64Array,
  into: Float64Array,
): void {
  into.fill(0);
  for (let i = 0; i < rows; i++) {
    const row = a.subarray(i * columns, (i + 1) * columns);
    addScaled(into, dot(row, v) / unit, row);
  }
  scale(into, 1 / unit);
}

/** The largest eigenvalue of a symmetric tridiagonal matrix, by bisection on Sturm's count. */
function largestEigenvalue(diagonal: readonly number[], beside: readonly number[]): number {
  const n = diagonal.length;
  const reach = (k: number) => (beside[k - 1] ?? 0) + (k < n - 1 ? beside[k] : 0);
  let low = Math.max(...diagonal);
  let high = Math.max(...diagonal.map((value, k) => value + reach(k)));
  for (;;) {
    const middle = low + (high - low) / 2;
    if (!(middle > low && middle < high)) return high;
    if (isAbove(diagonal, beside, middle)) high = middle;
    else low = middle;
  }
}

/** True where x lies above every eigenvalue: all pivots of T − x·I are negative. */
function isAbove(diagonal: readonly number[], beside: readonly number[], x: number): boolean {
  let pivot = diagonal[0] - x;
  for (let k = 1; k < diagonal.length && pivot < 0; k++) {
    pivot = diagonal[k] - x - beside[k - 1] ** 2 / pivot;
  }
  return pivot < 0;
}
