/**
 * Cholesky's factorization A = L Lᵀ of the symmetric n×n matrix `a`, row-major: L in place of the
 * lower triangle, the upper one left as it was. False, with `a` partly overwritten, where A is not
 * positive definite.
 */
export function choleskyFactor(n: number, a: Float64Array): boolean {
  for (let j = 0; j < n; j++) {
    const row = j * n;
    for (let i = j; i < n; i++) {
      const other = i * n;
      let sum = a[other + j];
      for (let k = 0; k < j; k++) sum -= a[other + k] * a[row + k];
      if (i > j) {
        a[other + j] = sum / a[row + j];
      } else {
        if (!(sum > 0)) return false;
        a[row + j] = Math.sqrt(sum);
      }
    }
  }
  return true;
}

/** Solves L x = b in place of b, with the factor of `choleskyFactor`. */
export function choleskyForward(n: number, factor: Float64Array, b: Float64Array): void {
  for (let i = 0; i < n; i++) {
    let sum = b[i];
    for (let k = 0, p = i * n; k < i; k++) sum -= factor[p++] * b[k];
    b[i] = sum / factor[i * n + i];
  }
}

/** Solves Lᵀ x = b in place of b. */
export function choleskyBackward(n: number, factor: Float64Array, b: Float64Array): void {
  for (let i = n - 1; i >= 0; i--) {
    const value = (b[i] /= factor[i * n + i]);
    for (let k = 0, p = i * n; k < i; k++) b[k] -= factor[p++] * value;
  }
}
