import { Matrix, SingularValueDecomposition } from 'ml-matrix';

/** What ml-matrix's singular value decomposition gives where no LAPACK is at hand. */

/**
 * Singular values of the row-major m×n matrix `a` (not overwritten): min(m, n) of them, largest
 * first, by Golub–Kahan bidiagonalization and implicit QR. Each is accurate to a few roundings of
 * the largest one. All NaN when an entry is not finite.
 */
export function librarySingularValues(m: number, n: number, a: Float64Array): Float64Array {
  const count = Math.min(m, n);
  if (count === 0) return new Float64Array(0);
  const largest = largestEntry(a, m * n);
  if (!Number.isFinite(largest)) return new Float64Array(count).fill(NaN);
  if (largest === 0) return new Float64Array(count);
  const { diagonal } = new SingularValueDecomposition(scaledMatrix(m, n, a, largest), {
    computeLeftSingularVectors: false,
    computeRightSingularVectors: false,
    autoTranspose: true,
  });
  return Float64Array.from(diagonal.slice(0, count), (value) => value * largest);
}

/**
 * The x of smallest norm among those that minimize ‖A·x − b‖, for the row-major m×n matrix `a`.
 * Singular values ≤ tolerance times the largest count as zero. All NaN when an entry is not finite.
 */
export function libraryMinimumNorm(
  m: number,
  n: number,
  a: Float64Array,
  b: Float64Array,
  tolerance: number,
): Float64Array {
  const solution = new Float64Array(n);
  if (m === 0 || n === 0) return solution;
  const largest = largestEntry(a, m * n);
  if (!Number.isFinite(largest + largestEntry(b, m))) return solution.fill(NaN);
  if (largest === 0) return solution;
  const svd = new SingularValueDecomposition(scaledMatrix(m, n, a, largest), {
    autoTranspose: true,
  });
  const left = svd.leftSingularVectors;
  const right = svd.rightSingularVectors;
  const smallest = tolerance * svd.diagonal[0];
  svd.diagonal.forEach((value, k) => {
    if (value <= smallest) return;
    let projection = 0;
    for (let i = 0; i < m; i++) projection += left.get(i, k) * b[i];
    const factor = projection / value / largest;
    for (let j = 0; j < n; j++) solution[j] += factor * right.get(j, k);
  });
  return solution;
}

/** max |aᵢ|, NaN if an entry is NaN: the decomposition would not end on one. */
function largestEntry(a: Float64Array, length: number): number {
  let largest = 0;
  for (let i = 0; i < length; i++) largest = Math.max(largest, Math.abs(a[i]));
  return largest;
}

/** A / scale, so that squares of the entries stay within range. */
function scaledMatrix(m: number, n: number, a: Float64Array, scale: number): Matrix {
  const matrix = new Matrix(m, n);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) matrix.set(i, j, a[i * n + j] / scale);
  }
  return matrix;
}
