import type { LinearAlgebra } from '../numerics/index.js';

/**
 * Puts small problems with known answers to an implementation. Returns undefined when all come out
 * right, else what did not. Broken builds exist (wrong integer width, wrong kernels for the
 * processor), and a wrong gradient is worse than a slow one.
 */
export function faultOf(algebra: LinearAlgebra): string | undefined {
  const checks: [string, () => boolean][] = [
    ['the product of two 3×3 matrices', () => productIsRight(algebra)],
    ['the solution of a real 3×3 system', () => solutionIsRight(algebra)],
    ['the solution of a complex 2×2 system', () => complexSolutionIsRight(algebra)],
    ['the singular values of a 3×2 matrix', () => singularValuesAreRight(algebra)],
    ['the solution of smallest norm', () => minimumNormIsRight(algebra)],
  ];
  return checks.find(([, passes]) => !passes())?.[0];
}

/** With numbers that are not symmetric, so that a transposed operand is noticed; offset of one. */
function productIsRight(algebra: LinearAlgebra): boolean {
  const a = Float64Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 10);
  const b = Float64Array.of(1, 0, 2, -1, 3, 1, 0, 2, 1);
  const c = new Float64Array(9).fill(1);
  algebra.gemm(false, true, 3, 3, 3, 2, a, 1, 3, b, 0, 3, 1, c, 0, 3);
  return near(c, [15, 17, 15, 33, 35, 33, 55, 55, 53]);
}

function solutionIsRight(algebra: LinearAlgebra): boolean {
  const a = Float64Array.of(0, 2, 1, 1, 1, 0, 4, -1, 3);
  const b = Float64Array.of(7, 3, 11);
  const pivots = new Int32Array(3);
  if (!algebra.luFactor(3, a, pivots)) return false;
  algebra.luSolve(3, a, pivots, b);
  return near(b, [1, 2, 3]);
}

/** [[i, 2], [1, 1 − i]] · (1, i) = (3i, 2 + i). */
function complexSolutionIsRight(algebra: LinearAlgebra): boolean {
  const a = Float64Array.of(0, 1, 2, 0, 1, 0, 1, -1);
  const b = Float64Array.of(0, 3, 2, 1);
  const pivots = new Int32Array(2);
  if (!algebra.complexLuFactor(2, a, pivots)) return false;
  algebra.complexLuSolve(2, a, pivots, b);
  return near(b, [1, 0, 0, 1]);
}

function singularValuesAreRight(algebra: LinearAlgebra): boolean {
  return near(algebra.singularValues(3, 2, Float64Array.of(0, 2, 3, 0, 4, 0)), [5, 2]);
}

/** x + y = 2 has the solution (1, 1) of smallest norm. */
function minimumNormIsRight(algebra: LinearAlgebra): boolean {
  return near(algebra.minimumNorm(1, 2, Float64Array.of(1, 1), Float64Array.of(2), 1e-12), [1, 1]);
}

function near(actual: Float64Array, expected: readonly number[]): boolean {
  return (
    actual.length === expected.length &&
    expected.every((value, i) => Math.abs(actual[i] - value) <= 1e-13 * (1 + Math.abs(value)))
  );
}
