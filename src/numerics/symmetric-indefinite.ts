/** Bunch and Kaufman's (1 + √17) / 8: a pivot of order one this much smaller than its column is none. */
const PIVOT_SHARE = (1 + Math.sqrt(17)) / 8;

/** P A Pᵀ = L D Lᵀ of a symmetric matrix: D has blocks of order one and two. */
export interface SymmetricFactors {
  readonly n: number;
  /** L below the diagonal, D on it and, for blocks of order two, just below it; row-major. */
  readonly a: Float64Array;
  /** Row that was exchanged with row k. */
  readonly swaps: Int32Array;
  /** Order of the block that begins at k: 1 or 2; 0 inside a block. */
  readonly orders: Int8Array;
  /** Numbers of positive, negative and zero eigenvalues of A (Sylvester's law). */
  readonly positive: number;
  readonly negative: number;
  readonly zero: number;
}

/**
 * Factors the symmetric n×n matrix `a` in place, with diagonal pivoting (Bunch & Kaufman 1977); only
 * its lower triangle is read. A zero column leaves a zero pivot, which `symmetricSolve` cannot use.
 */
export function symmetricFactor(n: number, a: Float64Array): SymmetricFactors {
  const swaps = new Int32Array(n);
  const orders = new Int8Array(n);
  let positive = 0;
  let negative = 0;
  let zero = 0;
  const count = (value: number) => {
    if (value > 0) positive++;
    else if (value < 0) negative++;
    else zero++;
  };
  for (let k = 0; k < n;) {
    const { order, pivot } = choosePivot(n, a, k);
    const target = k + order - 1;
    swaps[k] = k;
    swaps[target] = pivot;
    exchange(n, a, target, pivot);
    orders[k] = order;
    if (order === 1) {
      const d = a[k * n + k];
      count(d);
      if (d !== 0) eliminateOne(n, a, k);
    } else {
      // Chosen where its determinant is negative: one eigenvalue of each sign.
      positive++;
      negative++;
      eliminateTwo(n, a, k);
    }
    k += order;
  }
  return { n, a, swaps, orders, positive, negative, zero };
}

/** Solves A x = b in place of b: of its n numbers from `at` on. */
export function symmetricSolve(factors: SymmetricFactors, b: Float64Array, at = 0): void {
  const { n, a, swaps, orders } = factors;
  for (let k = 0; k < n; k++) swapEntries(b, at + k, at + swaps[k]);
  for (let k = 0; k < n; k += orders[k]) {
    const order = orders[k];
    for (let i = k + order; i < n; i++) {
      b[at + i] -= a[i * n + k] * b[at + k];
      if (order === 2) b[at + i] -= a[i * n + k + 1] * b[at + k + 1];
    }
  }
  for (let k = 0; k < n; k += orders[k]) {
    if (orders[k] === 1) {
      b[at + k] /= a[k * n + k];
      continue;
    }
    const p = a[k * n + k];
    const q = a[(k + 1) * n + k];
    const r = a[(k + 1) * n + k + 1];
    const determinant = p * r - q * q;
    const first = (r * b[at + k] - q * b[at + k + 1]) / determinant;
    b[at + k + 1] = (p * b[at + k + 1] - q * b[at + k]) / determinant;
    b[at + k] = first;
  }
  for (let k = n - 1; k >= 0; k--) {
    if (orders[k] === 0) continue;
    const order = orders[k];
    for (let i = k + order; i < n; i++) {
      b[at + k] -= a[i * n + k] * b[at + i];
      if (order === 2) b[at + k + 1] -= a[i * n + k + 1] * b[at + i];
    }
  }
  for (let k = n - 1; k >= 0; k--) swapEntries(b, at + k, at + swaps[k]);
}

/** The order of the next pivot, and the row that has to come to its last place. */
function choosePivot(n: number, a: Float64Array, k: number): { order: 1 | 2; pivot: number } {
  const diagonal = Math.abs(a[k * n + k]);
  let row = k;
  let largest = 0;
  for (let i = k + 1; i < n; i++) {
    const value = Math.abs(a[i * n + k]);
    if (value > largest) {
      largest = value;
      row = i;
    }
  }
  if (diagonal >= PIVOT_SHARE * largest) return { order: 1, pivot: k };
  let other = 0;
  for (let j = k; j < n; j++) {
    if (j === row) continue;
    const value = Math.abs(j < row ? a[row * n + j] : a[j * n + row]);
    if (value > other) other = value;
  }
  if (diagonal * other >= PIVOT_SHARE * largest * largest) return { order: 1, pivot: k };
  if (Math.abs(a[row * n + row]) >= PIVOT_SHARE * other) return { order: 1, pivot: row };
  return { order: 2, pivot: row };
}

/** Exchanges rows i and j ≥ i, and the columns of the same numbers, in the lower triangle. */
function exchange(n: number, a: Float64Array, i: number, j: number): void {
  if (i === j) return;
  for (let c = 0; c < i; c++) swapEntries(a, i * n + c, j * n + c);
  for (let c = i + 1; c < j; c++) swapEntries(a, c * n + i, j * n + c);
  for (let r = j + 1; r < n; r++) swapEntries(a, r * n + i, r * n + j);
  swapEntries(a, i * n + i, j * n + j);
}

function swapEntries(a: Float64Array, p: number, q: number): void {
  const value = a[p];
  a[p] = a[q];
  a[q] = value;
}

function eliminateOne(n: number, a: Float64Array, k: number): void {
  const d = a[k * n + k];
  // From below, so that the rows above still hold the column as it was.
  for (let i = n - 1; i > k; i--) {
    const factor = a[i * n + k] / d;
    if (factor === 0) continue;
    for (let j = k + 1; j <= i; j++) a[i * n + j] -= factor * a[j * n + k];
    a[i * n + k] = factor;
  }
}

function eliminateTwo(n: number, a: Float64Array, k: number): void {
  const p = a[k * n + k];
  const q = a[(k + 1) * n + k];
  const r = a[(k + 1) * n + k + 1];
  const determinant = p * r - q * q;
  const firsts = new Float64Array(n);
  const seconds = new Float64Array(n);
  for (let i = k + 2; i < n; i++) {
    const u = a[i * n + k];
    const v = a[i * n + k + 1];
    firsts[i] = (r * u - q * v) / determinant;
    seconds[i] = (p * v - q * u) / determinant;
  }
  for (let i = k + 2; i < n; i++) {
    for (let j = k + 2; j <= i; j++) {
      a[i * n + j] -= firsts[i] * a[j * n + k] + seconds[i] * a[j * n + k + 1];
    }
  }
  for (let i = k + 2; i < n; i++) {
    a[i * n + k] = firsts[i];
    a[i * n + k + 1] = seconds[i];
  }
}
