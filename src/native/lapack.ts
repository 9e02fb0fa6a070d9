import type { LinearAlgebra } from '../numerics/index.js';
import type { Declare, Routine } from './declare.js';

type Factorizations = Pick<
  LinearAlgebra,
  'luFactor' | 'luSolve' | 'complexLuFactor' | 'complexLuSolve'
>;

/** The part of `LinearAlgebra` that LAPACK does. */
export function bindLapack(declare: Declare): Omit<LinearAlgebra, 'name' | 'gemm'> {
  return {
    ...bindFactorizations(declare),
    singularValues: bindSingularValues(declare),
    minimumNorm: bindMinimumNorm(declare),
  };
}

/** Fortran takes numbers by reference: arrays of one entry. */
const one = Int32Array.of(1);
const order = new Int32Array(1);
const info = new Int32Array(1);
/** Text arguments; each is followed, at the end of the list, by its length as an integer. */
const TRANSPOSE = Uint8Array.of('T'.charCodeAt(0));
const NONE = Uint8Array.of('N'.charCodeAt(0));

/**
 * LAPACK stores columns one after the other, so it sees the transpose of a row-major matrix. It
 * factors that transpose, and solves with the transpose of it (not the conjugate transpose).
 */
function bindFactorizations(declare: Declare): Factorizations {
  const factorWith = (name: string): LinearAlgebra['luFactor'] => {
    const getrf = declare('void', name, 'int *, int *, double *, int *, int *, int *');
    return (n, a, pivots) => {
      order[0] = n;
      getrf(order, order, a, order, pivots, info);
      return info[0] === 0;
    };
  };
  const solveWith = (name: string): LinearAlgebra['luSolve'] => {
    const parameters =
      'uint8_t *, int *, int *, double *, int *, int *, double *, int *, int *, size_t';
    const getrs = declare('void', name, parameters);
    return (n, factors, pivots, b) => {
      order[0] = n;
      getrs(TRANSPOSE, order, one, factors, order, pivots, b, order, info, 1);
    };
  };
  return {
    luFactor: factorWith('dgetrf_'),
    luSolve: solveWith('dgetrs_'),
    complexLuFactor: factorWith('zgetrf_'),
    complexLuSolve: solveWith('zgetrs_'),
  };
}

/** Singular values by divide and conquer; those of the transpose are the same. */
function bindSingularValues(declare: Declare): LinearAlgebra['singularValues'] {
  const gesdd = declare(
    'void',
    'dgesdd_',
    'uint8_t *, int *, int *, double *, int *, double *, double *, int *, double *, int *, ' +
      'double *, int *, int *, int *, size_t',
  );
  return (m, n, a) => {
    const count = Math.min(m, n);
    const values = new Float64Array(count);
    if (count === 0) return values;
    if (!allFinite(a, m * n)) return values.fill(NaN);
    const rows = Int32Array.of(n);
    const columns = Int32Array.of(m);
    const copy = a.slice(0, m * n);
    const unused = new Float64Array(1);
    const integers = new Int32Array(8 * count);
    const call = (work: Float64Array, size: number): void => {
      const workSize = Int32Array.of(size);
      const head = [NONE, rows, columns, copy, rows, values, unused, one, unused, one];
      gesdd(...head, work, workSize, integers, info, 1);
    };
    withWorkspace(call);
    if (info[0] !== 0) throw new Error(`LAPACK dgesdd failed with info = ${info[0]}.`);
    return values;
  };
}

/** Least squares of smallest norm by the singular value decomposition (dgelsd). */
function bindMinimumNorm(declare: Declare): LinearAlgebra['minimumNorm'] {
  const gelsd: Routine = declare(
    'void',
    'dgelsd_',
    'int *, int *, int *, double *, int *, double *, int *, double *, double *, int *, ' +
      'double *, int *, int *, int *',
  );
  return (m, n, a, b, tolerance) => {
    if (m === 0 || n === 0) return new Float64Array(n);
    if (!allFinite(a, m * n) || !allFinite(b, m)) return new Float64Array(n).fill(NaN);
    const matrix = new Float64Array(m * n);
    for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) matrix[j * m + i] = a[i * n + j];
    const longer = Math.max(m, n);
    const solution = new Float64Array(longer);
    solution.set(b.subarray(0, m));
    const rows = Int32Array.of(m);
    const values = new Float64Array(Math.min(m, n));
    const rank = new Int32Array(1);
    // Integer workspace: 3·min·levels + 11·min, with at most 32 levels of divide and conquer.
    const integers = new Int32Array(Math.min(m, n) * (3 * 32 + 11));
    withWorkspace((work, size) => {
      const head = [rows, Int32Array.of(n), one, matrix, rows, solution, Int32Array.of(longer)];
      gelsd(
        ...head,
        values,
        Float64Array.of(tolerance),
        rank,
        work,
        Int32Array.of(size),
        integers,
        info,
      );
    });
    if (info[0] !== 0) throw new Error(`LAPACK dgelsd failed with info = ${info[0]}.`);
    return solution.slice(0, n);
  };
}

/** Calls a routine twice: first with size −1, which asks for the workspace that it wants. */
function withWorkspace(call: (work: Float64Array, size: number) => void): void {
  const wanted = new Float64Array(1);
  call(wanted, -1);
  call(new Float64Array(wanted[0]), wanted[0]);
}

/** LAPACK may loop or fail on infinities and NaN. */
function allFinite(a: Float64Array, length: number): boolean {
  for (let i = 0; i < length; i++) if (!Number.isFinite(a[i])) return false;
  return true;
}
