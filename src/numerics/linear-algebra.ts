import type { LinearAlgebra } from './linear-algebra-interface.js';
import { plainLinearAlgebra } from './plain-linear-algebra.js';

let native: LinearAlgebra | undefined;

/**
 * From these sizes on a library is called. It would win from 256 multiply-adds and order 12 on
 * (measured with OpenBLAS 0.3.34 on two cores: a call costs 0.2 to 0.4 µs, loops do 2 to 3 Gflop/s);
 * the switch is later than that so that the two-dimensional problems run on plain loops alone and
 * give the same bits with and without a library, for a few microseconds per evaluation.
 */
const NATIVE_FROM_MULTIPLY_ADDS = 4_096;
const NATIVE_FROM_LU_ORDER = 100;

/**
 * Installs a native implementation for large sizes, or removes it with `undefined`; it holds for the whole
 * process. Results may differ from those of plain loops in their last digits.
 */
export function useNativeLinearAlgebra(implementation: LinearAlgebra | undefined): void {
  native = implementation;
}

/**
 * The name of the implementation that large problems use, for results that say what they were computed
 * with.
 */
export function linearAlgebraName(): string {
  return (native ?? plainLinearAlgebra).name;
}

/**
 * The implementation for a matrix product of the given number of multiply-adds (rows·columns·inner size):
 * the native one, if installed, from 4,096 on.
 */
export function algebraForProduct(multiplyAdds: number): LinearAlgebra {
  return native !== undefined && multiplyAdds >= NATIVE_FROM_MULTIPLY_ADDS
    ? native
    : plainLinearAlgebra;
}

/**
 * The implementation for factorizations of order n: the native one, if installed, from n = 100 on. Factor
 * and solve with the same one.
 */
export function algebraForOrder(n: number): LinearAlgebra {
  return native !== undefined && n >= NATIVE_FROM_LU_ORDER ? native : plainLinearAlgebra;
}
