type Matrix = Float64Array;

/**
 * C ← α·op(A)·op(B) + β·C in plain loops; arguments as in `LinearAlgebra.gemm`. Blocks of 2×4
 * entries of C are summed in local variables, which engines keep in registers: two to four times
 * as fast as one entry, or one row, at a time. With β = 0 the old C is not read.
 */
export function plainProduct(
  transposeA: boolean,
  transposeB: boolean,
  m: number,
  n: number,
  k: number,
  alpha: number,
  a: Matrix,
  aOffset: number,
  aStride: number,
  b: Matrix,
  bOffset: number,
  bStride: number,
  beta: number,
  c: Matrix,
  cOffset: number,
  cStride: number,
): void {
  if (beta !== 1) scaleBlock(m, n, beta, c, cOffset, cStride);
  // Steps in memory to the next row and to the next column of op(A) and op(B).
  const aRow = transposeA ? 1 : aStride;
  const aColumn = transposeA ? aStride : 1;
  const bRow = transposeB ? 1 : bStride;
  const bColumn = transposeB ? bStride : 1;
  let i = 0;
  for (; i + 2 <= m; i += 2) {
    const x = aOffset + i * aRow;
    const z = cOffset + i * cStride;
    addRowPair(n, k, alpha, a, x, x + aRow, aColumn, b, bOffset, bRow, bColumn, c, z, z + cStride);
  }
  if (i < m) {
    const x = aOffset + i * aRow;
    addRow(n, k, alpha, a, x, aColumn, b, bOffset, bRow, bColumn, c, cOffset + i * cStride);
  }
}

function scaleBlock(m: number, n: number, beta: number, c: Matrix, offset: number, stride: number) {
  for (let i = 0; i < m; i++) {
    const row = offset + i * stride;
    // Not c[j] * 0: what is overwritten may be NaN.
    for (let j = row; j < row + n; j++) c[j] = beta === 0 ? 0 : c[j] * beta;
  }
}

/** Adds α·(rows of op(A) that start at `x` and `y`)·op(B) to the rows of C at `z` and `w`. */
function addRowPair(
  n: number,
  k: number,
  alpha: number,
  a: Matrix,
  x: number,
  y: number,
  aColumn: number,
  b: Matrix,
  bOffset: number,
  bRow: number,
  bColumn: number,
  c: Matrix,
  z: number,
  w: number,
): void {
  let j = 0;
  for (; j + 4 <= n; j += 4) {
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    let t0 = 0;
    let t1 = 0;
    let t2 = 0;
    let t3 = 0;
    let q = bOffset + j * bColumn;
    for (let p = 0, step = 0; p < k; p++, step += aColumn, q += bRow) {
      const u = a[x + step];
      const v = a[y + step];
      const b0 = b[q];
      const b1 = b[q + bColumn];
      const b2 = b[q + 2 * bColumn];
      const b3 = b[q + 3 * bColumn];
      s0 += u * b0;
      s1 += u * b1;
      s2 += u * b2;
      s3 += u * b3;
      t0 += v * b0;
      t1 += v * b1;
      t2 += v * b2;
      t3 += v * b3;
    }
    c[z + j] += alpha * s0;
    c[z + j + 1] += alpha * s1;
    c[z + j + 2] += alpha * s2;
    c[z + j + 3] += alpha * s3;
    c[w + j] += alpha * t0;
    c[w + j + 1] += alpha * t1;
    c[w + j + 2] += alpha * t2;
    c[w + j + 3] += alpha * t3;
  }
  for (; j < n; j++) {
    let s = 0;
    let t = 0;
    let q = bOffset + j * bColumn;
    for (let p = 0, step = 0; p < k; p++, step += aColumn, q += bRow) {
      s += a[x + step] * b[q];
      t += a[y + step] * b[q];
    }
    c[z + j] += alpha * s;
    c[w + j] += alpha * t;
  }
}

/** Adds α·(row of op(A) that starts at `x`)·op(B) to the row of C at `z`. */
function addRow(
  n: number,
  k: number,
  alpha: number,
  a: Matrix,
  x: number,
  aColumn: number,
  b: Matrix,
  bOffset: number,
  bRow: number,
  bColumn: number,
  c: Matrix,
  z: number,
): void {
  let j = 0;
  for (; j + 2 <= n; j += 2) {
    let s = 0;
    let t = 0;
    let q = bOffset + j * bColumn;
    for (let p = 0, at = x; p < k; p++, at += aColumn, q += bRow) {
      s += a[at] * b[q];
      t += a[at] * b[q + bColumn];
    }
    c[z + j] += alpha * s;
    c[z + j + 1] += alpha * t;
  }
  if (j < n) {
    let s = 0;
    let q = bOffset + j * bColumn;
    for (let p = 0, at = x; p < k; p++, at += aColumn, q += bRow) s += a[at] * b[q];
    c[z + j] += alpha * s;
  }
}
