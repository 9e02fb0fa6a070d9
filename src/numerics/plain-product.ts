type Matrix = Float64Array;

/**
 * C ← α·op(A)·op(B) + β·C in plain loops; arguments as in `LinearAlgebra.gemm`. Blocks of 2×4
 * entries of C, and of four rows in the columns that are left over, are summed in local variables,
 * which engines keep in registers: two to four times as fast as one entry, or one row, at a time.
 * With β = 0 the old C is not read.
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
  if (k === 0) return;
  // Steps in memory to the next row and to the next column of op(A) and op(B).
  const aRow = transposeA ? 1 : aStride;
  const aColumn = transposeA ? aStride : 1;
  const bRow = transposeB ? 1 : bStride;
  const bColumn = transposeB ? bStride : 1;
  let x = aOffset;
  let z = cOffset;
  if (k <= 3) {
    for (let i = 0; i < m; i++, x += aRow, z += cStride) {
      addShortRow(n, k, alpha, a, x, aColumn, b, bOffset, bRow, bColumn, c, z);
    }
    return;
  }
  const whole = n - (n % 4);
  let i = whole === 0 ? m : 0;
  for (; i + 2 <= m; i += 2, x += 2 * aRow, z += 2 * cStride) {
    const [y, w] = [x + aRow, z + cStride];
    addRowPair(whole, k, alpha, a, x, y, aColumn, b, bOffset, bRow, bColumn, c, z, w);
  }
  if (i < m) addRow(whole, k, alpha, a, x, aColumn, b, bOffset, bRow, bColumn, c, z);
  for (let j = whole; j < n; j++) {
    const q = bOffset + j * bColumn;
    addColumn(m, k, alpha, a, aOffset, aRow, aColumn, b, q, bRow, c, cOffset + j, cStride);
  }
}

function scaleBlock(m: number, n: number, beta: number, c: Matrix, offset: number, stride: number) {
  // Not c[j] * 0: what is overwritten may be NaN.
  if (beta === 0 && stride === n) {
    c.fill(0, offset, offset + m * n);
    return;
  }
  for (let i = 0; i < m; i++) {
    const row = offset + i * stride;
    for (let j = row; j < row + n; j++) c[j] = beta === 0 ? 0 : c[j] * beta;
  }
}

/** Adds α·(row of op(A) that starts at `x`)·op(B) to the row of C at `z`, for 1 ≤ k ≤ 3. */
function addShortRow(
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
  const end = z + n;
  let q = bOffset;
  const u = alpha * a[x];
  if (k === 1) {
    for (; z < end; z++, q += bColumn) c[z] += u * b[q];
    return;
  }
  const v = alpha * a[x + aColumn];
  if (k === 2) {
    for (; z < end; z++, q += bColumn) c[z] += u * b[q] + v * b[q + bRow];
    return;
  }
  const w = alpha * a[x + 2 * aColumn];
  for (; z < end; z++, q += bColumn) c[z] += u * b[q] + v * b[q + bRow] + w * b[q + 2 * bRow];
}

/**
 * Adds α·(rows of op(A) that start at `x` and `y`)·op(B) to the rows of C at `z` and `w`; n is a
 * multiple of 4.
 */
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
  for (let j = 0; j < n; j += 4) {
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
}

/** As `addRowPair` for one row. */
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
  for (let j = 0; j < n; j += 4) {
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    let q = bOffset + j * bColumn;
    for (let p = 0, at = x; p < k; p++, at += aColumn, q += bRow) {
      const u = a[at];
      s0 += u * b[q];
      s1 += u * b[q + bColumn];
      s2 += u * b[q + 2 * bColumn];
      s3 += u * b[q + 3 * bColumn];
    }
    c[z + j] += alpha * s0;
    c[z + j + 1] += alpha * s1;
    c[z + j + 2] += alpha * s2;
    c[z + j + 3] += alpha * s3;
  }
}

/** Adds α·op(A)·(column of op(B) that starts at `start`) to the column of C at `z`. */
function addColumn(
  m: number,
  k: number,
  alpha: number,
  a: Matrix,
  x: number,
  aRow: number,
  aColumn: number,
  b: Matrix,
  start: number,
  bRow: number,
  c: Matrix,
  z: number,
  cStride: number,
): void {
  let i = 0;
  for (; i + 4 <= m; i += 4, x += 4 * aRow, z += 4 * cStride) {
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let p = 0, at = x, q = start; p < k; p++, at += aColumn, q += bRow) {
      const v = b[q];
      s0 += a[at] * v;
      s1 += a[at + aRow] * v;
      s2 += a[at + 2 * aRow] * v;
      s3 += a[at + 3 * aRow] * v;
    }
    c[z] += alpha * s0;
    c[z + cStride] += alpha * s1;
    c[z + 2 * cStride] += alpha * s2;
    c[z + 3 * cStride] += alpha * s3;
  }
  for (; i < m; i++, x += aRow, z += cStride) {
    let s = 0;
    for (let p = 0, at = x, q = start; p < k; p++, at += aColumn, q += bRow) s += a[at] * b[q];
    c[z] += alpha * s;
  }
}
