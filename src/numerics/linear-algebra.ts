import { plainLinearAlgebra } from './plain-linear-algebra.js';

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

let native: LinearAlgebra | undefined;

/**
 * From these sizes on a library is called. It would win from 256 multiply-adds and order 12 on
 * (measured with OpenBLAS 0.3.34 on two cores: a call costs 0.2 to 0.4 µs, loops do 2 to 3 Gflop/s);
 * the switch is later than that so that the two-dimensional problems run on plain loops alone and
 * give the same bits with and without a library, for a few microseconds per evaluation.
 */
const NATIVE_FROM_MULTIPLY_ADDS = 4_096;
const NATIVE_FROM_LU_ORDER = 100;

/** Installs a native implementation for large sizes, or removes it with `undefined`. */
export function useNativeLinearAlgebra(implementation: LinearAlgebra | undefined): void {
  native = implementation;
}

/** The name of the implementation that large problems use. */
export function linearAlgebraName(): string {
  return (native ?? plainLinearAlgebra).name;
}

/** The implementation for a matrix product of the given number of multiply-adds. */
export function algebraForProduct(multiplyAdds: number): LinearAlgebra {
  return native !== undefined && multiplyAdds >= NATIVE_FROM_MULTIPLY_ADDS
    ? native
    : plainLinearAlgebra;
}

/** The implementation for factorizations of order n; factor and solve with the same one. */
export function algebraForOrder(n: number): LinearAlgebra {
  return native !== undefined && n >= NATIVE_FROM_LU_ORDER ? native : plainLinearAlgebra;
}
