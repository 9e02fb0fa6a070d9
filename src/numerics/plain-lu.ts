type Matrix = Float64Array;

/** LU factorization with partial pivoting, as `LinearAlgebra.luFactor` promises it. */
export function plainLuFactor(n: number, a: Matrix, pivots: Int32Array): boolean {
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) {
      if (Math.abs(a[i * n + k]) > Math.abs(a[pivot * n + k])) pivot = i;
    }
    pivots[k] = pivot;
    if (a[pivot * n + k] === 0) return false;
    if (pivot !== k) swapRows(a, n, k, pivot);
    eliminateColumn(n, a, k);
  }
  return true;
}

/**
 * Subtracts multiples of row k from the rows below, so that column k vanishes there; the multiples
 * are left in its place. Four rows at a time share what is read of row k: twice as fast.
 */
function eliminateColumn(n: number, a: Matrix, k: number): void {
  const pivot = a[k * n + k];
  const start = k * n + k + 1;
  const end = (k + 1) * n;
  let i = k + 1;
  for (; i + 4 <= n; i += 4) {
    let p = i * n + k;
    let q = p + n;
    let r = q + n;
    let s = r + n;
    const f = (a[p++] /= pivot);
    const g = (a[q++] /= pivot);
    const h = (a[r++] /= pivot);
    const l = (a[s++] /= pivot);
    for (let t = start; t < end; t++) {
      const value = a[t];
      a[p++] -= f * value;
      a[q++] -= g * value;
      a[r++] -= h * value;
      a[s++] -= l * value;
    }
  }
  for (; i < n; i++) {
    let p = i * n + k;
    const f = (a[p++] /= pivot);
    for (let t = start; t < end; t++) a[p++] -= f * a[t];
  }
}

/** Swaps two rows of `width` numbers each. */
function swapRows(a: Matrix, width: number, i: number, j: number): void {
  for (let p = i * width, q = j * width, end = p + width; p < end; p++, q++) {
    const value = a[p];
    a[p] = a[q];
    a[q] = value;
  }
}

/** As `LinearAlgebra.luSolve`. */
export function plainLuSolve(n: number, lu: Matrix, pivots: Int32Array, b: Matrix): void {
  for (let k = 0; k < n; k++) if (pivots[k] !== k) swapRows(b, 1, k, pivots[k]);
  for (let i = 1; i < n; i++) {
    let sum = b[i];
    for (let j = 0, p = i * n; j < i; j++) sum -= lu[p++] * b[j];
    b[i] = sum;
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = b[i];
    for (let j = i + 1, p = i * n + j; j < n; j++) sum -= lu[p++] * b[j];
    b[i] = sum / lu[i * n + i];
  }
}

/** As `LinearAlgebra.complexLuFactor`; the pivot has the largest |re| + |im|. */
export function plainComplexLuFactor(n: number, a: Matrix, pivots: Int32Array): boolean {
  const width = 2 * n;
  for (let k = 0; k < n; k++) {
    let pivot = k;
    let largest = -1;
    for (let i = k; i < n; i++) {
      const at = i * width + 2 * k;
      const size = Math.abs(a[at]) + Math.abs(a[at + 1]);
      if (size > largest) {
        pivot = i;
        largest = size;
      }
    }
    pivots[k] = pivot;
    if (largest === 0) return false;
    if (pivot !== k) swapRows(a, width, k, pivot);
    const at = k * width + 2 * k;
    const [re, im] = reciprocal(a[at], a[at + 1]);
    for (let i = k + 1; i < n; i++) eliminateComplexRow(n, a, i, k, re, im);
  }
  return true;
}

/** 1/(x + iy), without squares that leave the range. */
function reciprocal(x: number, y: number): [re: number, im: number] {
  const scale = Math.max(Math.abs(x), Math.abs(y));
  const re = x / scale;
  const im = y / scale;
  const size = re * re + im * im;
  return [re / size / scale, -im / size / scale];
}

/** Row i ← row i − (a_ik · inverse) · row k, with the factor left in place of a_ik. */
function eliminateComplexRow(
  n: number,
  a: Matrix,
  i: number,
  k: number,
  inverseRe: number,
  inverseIm: number,
): void {
  const width = 2 * n;
  const at = i * width + 2 * k;
  const re = a[at] * inverseRe - a[at + 1] * inverseIm;
  const im = a[at] * inverseIm + a[at + 1] * inverseRe;
  a[at] = re;
  a[at + 1] = im;
  for (let p = at + 2, q = k * width + 2 * k + 2, end = (i + 1) * width; p < end; p += 2, q += 2) {
    const x = a[q];
    const y = a[q + 1];
    a[p] -= re * x - im * y;
    a[p + 1] -= re * y + im * x;
  }
}

/** As `LinearAlgebra.complexLuSolve`. */
export function plainComplexLuSolve(n: number, lu: Matrix, pivots: Int32Array, b: Matrix): void {
  const width = 2 * n;
  for (let k = 0; k < n; k++) if (pivots[k] !== k) swapRows(b, 2, k, pivots[k]);
  for (let i = 1; i < n; i++) subtractComplexRow(lu, i * width, b, i, 0, i);
  for (let i = n - 1; i >= 0; i--) {
    subtractComplexRow(lu, i * width, b, i, i + 1, n);
    const [re, im] = reciprocal(lu[i * width + 2 * i], lu[i * width + 2 * i + 1]);
    const x = b[2 * i];
    const y = b[2 * i + 1];
    b[2 * i] = x * re - y * im;
    b[2 * i + 1] = x * im + y * re;
  }
}

/** b_i ← b_i − Σ_{first ≤ j < last} row_j · b_j. */
function subtractComplexRow(
  lu: Matrix,
  row: number,
  b: Matrix,
  i: number,
  first: number,
  last: number,
): void {
  let re = b[2 * i];
  let im = b[2 * i + 1];
  for (let j = first; j < last; j++) {
    const x = lu[row + 2 * j];
    const y = lu[row + 2 * j + 1];
    re -= x * b[2 * j] - y * b[2 * j + 1];
    im -= x * b[2 * j + 1] + y * b[2 * j];
  }
  b[2 * i] = re;
  b[2 * i + 1] = im;
}
