import type { RandomStream } from '../../src/numerics/random.js';

/** An array of standard normal numbers. */
export function normals(stream: RandomStream, length: number): Float64Array {
  return Float64Array.from({ length }, () => stream.normal());
}

/** The largest |aᵢ − bᵢ|, relative to the largest |bᵢ|. */
export function relativeDifference(a: Float64Array, b: Float64Array): number {
  let difference = 0;
  let size = 0;
  for (let i = 0; i < b.length; i++) {
    difference = Math.max(difference, Math.abs(a[i] - b[i]));
    size = Math.max(size, Math.abs(b[i]));
  }
  return a.length === b.length ? difference / (size || 1) : NaN;
}

/** A·x for a row-major rows×columns matrix. */
export function timesVector(
  rows: number,
  columns: number,
  a: Float64Array,
  x: Float64Array,
): Float64Array {
  return Float64Array.from({ length: rows }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < columns; j++) sum += a[i * columns + j] * x[j];
    return sum;
  });
}

/** Aᵀ·y for a row-major rows×columns matrix. */
export function transposeTimesVector(
  rows: number,
  columns: number,
  a: Float64Array,
  y: Float64Array,
): Float64Array {
  return Float64Array.from({ length: columns }, (_, j) => {
    let sum = 0;
    for (let i = 0; i < rows; i++) sum += a[i * columns + j] * y[i];
    return sum;
  });
}

/** A·x for interleaved complex numbers. */
export function complexTimesVector(n: number, a: Float64Array, x: Float64Array): Float64Array {
  const product = new Float64Array(2 * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const [p, q] = [2 * (i * n + j), 2 * j];
      product[2 * i] += a[p] * x[q] - a[p + 1] * x[q + 1];
      product[2 * i + 1] += a[p] * x[q + 1] + a[p + 1] * x[q];
    }
  }
  return product;
}
