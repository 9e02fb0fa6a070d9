/**
 * Dense float64 linear algebra on row-major arrays. Two implementations exist: plain TypeScript
 * (always there, also in a browser) and OpenBLAS through `src/native` (Node only). Matrices are
 * given as an array, an offset and a row stride, so that blocks of one flat parameter vector need
 * no copies.
 */
export interface LinearAlgebra {
  readonly name: string;

  /** C ← α·op(A)·op(B) + β·C with op(A) m×k, op(B) k×n and C m×n, all row-major. */
  gemm(
    transposeA: boolean,
    transposeB: boolean,
    m: number,
    n: number,
    k: number,
    alpha: number,
    a: Float64Array,
    aOffset: number,
    aStride: number,
    b: Float64Array,
    bOffset: number,
    bStride: number,
    beta: number,
    c: Float64Array,
    cOffset: number,
    cStride: number,
  ): void;

  /**
   * LU with partial pivoting of the n×n matrix `a`, in place; `pivots` receives n row indices.
   * Returns false when the matrix is exactly singular. Factors are private to the implementation.
   */
  luFactor(n: number, a: Float64Array, pivots: Int32Array): boolean;

  /** Solves A·x = b in place with the factors of `luFactor`. */
  luSolve(n: number, factors: Float64Array, pivots: Int32Array, b: Float64Array): void;

  /** As `luFactor`, for complex matrices stored as interleaved (re, im) pairs: length 2n². */
  complexLuFactor(n: number, a: Float64Array, pivots: Int32Array): boolean;

  /** As `luSolve`, for complex matrices and right-hand sides: length 2n. */
  complexLuSolve(n: number, factors: Float64Array, pivots: Int32Array, b: Float64Array): void;

  /** Singular values of the m×n matrix `a` (not overwritten), largest first. */
  singularValues(m: number, n: number, a: Float64Array): Float64Array;

  /**
   * The x of smallest norm that minimizes ‖A·x − b‖ for the m×n matrix `a`; singular values up to
   * `tolerance` times the largest count as zero. Nothing is overwritten. See `minimumNormSolution`.
   */
  minimumNorm(
    m: number,
    n: number,
    a: Float64Array,
    b: Float64Array,
    tolerance: number,
  ): Float64Array;
}
