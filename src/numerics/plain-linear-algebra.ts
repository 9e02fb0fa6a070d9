import type { LinearAlgebra } from './linear-algebra-interface.js';
import {
  plainComplexLuFactor,
  plainComplexLuSolve,
  plainLuFactor,
  plainLuSolve,
} from './plain-lu.js';
import { plainProduct } from './plain-product.js';
import { libraryMinimumNorm, librarySingularValues } from './singular-values.js';

/** Loops in TypeScript: fastest for tiny sizes, and what runs where no library is found. */
export const plainLinearAlgebra: LinearAlgebra = {
  name: 'plain TypeScript',
  gemm: plainProduct,
  luFactor: plainLuFactor,
  luSolve: plainLuSolve,
  complexLuFactor: plainComplexLuFactor,
  complexLuSolve: plainComplexLuSolve,
  singularValues: librarySingularValues,
  minimumNorm: libraryMinimumNorm,
};
