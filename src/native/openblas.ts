import { createRequire } from 'node:module';
import { basename } from 'node:path';
import type { LinearAlgebra } from '../numerics/index.js';
import type { Declare } from './declare.js';
import { bindLapack } from './lapack.js';

/** A library opened by `openOpenblas`, and how it runs. */
export interface Openblas {
  readonly algebra: LinearAlgebra;
  /** Number of threads it uses; undefined where the library does not tell. */
  readonly threads: number | undefined;
}

/** Symbols carry a prefix in the PyPI wheel scipy-openblas32 and none elsewhere. */
const PREFIXES = ['scipy_', ''];

/**
 * Opens the shared library at `path`: OpenBLAS with 32-bit integers, or another library with the
 * same CBLAS and LAPACK symbols. Sets its number of threads, where given and where the library
 * allows it. Throws when the file cannot be loaded or lacks a symbol.
 */
export function openOpenblas(path: string, threads?: number): Openblas {
  // Required here and not imported above, so that a machine without koffi still has plain loops.
  const koffi = createRequire(import.meta.url)('koffi') as typeof import('koffi');
  if ((koffi.config().sync_stack_size ?? 0) < STACK_BYTES)
    koffi.config({ sync_stack_size: STACK_BYTES });
  const library = koffi.load(path);
  const prefix = PREFIXES.find((p) => found(() => library.func(`void ${p}cblas_dgemm()`)));
  if (prefix === undefined) throw new Error('it has no function cblas_dgemm');
  const declare: Declare = (result, name, parameters) =>
    library.func(`${result} ${prefix}${name}(${parameters})`);

  const threadsInUse = setThreads(declare, threads);
  const algebra: LinearAlgebra = {
    name: nameOf(declare, path, threadsInUse),
    gemm: bindProduct(declare),
    ...bindLapack(declare),
  };
  return { algebra, threads: threadsInUse };
}

function found(lookUp: () => unknown): boolean {
  try {
    lookUp();
    return true;
  } catch {
    return false;
  }
}

/**
 * 'OpenBLAS 0.3.34 Haswell (2 threads)', or the file's name where the library does not tell. The kind of
 * processor that its loops are written for is part of the name: sums are added up in another order.
 */
function nameOf(declare: Declare, path: string, threads: number | undefined): string {
  let name = basename(path);
  try {
    const config = String(declare('const char *', 'openblas_get_config', '')());
    const core = String(declare('const char *', 'openblas_get_corename', '')());
    name = [...config.split(' ').slice(0, 2), core].join(' ');
  } catch {
    // Not OpenBLAS.
  }
  if (threads === undefined) return name;
  return `${name} (${threads} ${threads === 1 ? 'thread' : 'threads'})`;
}

function setThreads(declare: Declare, threads: number | undefined): number | undefined {
  try {
    if (threads !== undefined) declare('void', 'openblas_set_num_threads', 'int')(threads);
    return Number(declare('int', 'openblas_get_num_threads', '')());
  } catch {
    return undefined; // Accelerate and others have no such functions.
  }
}

/**
 * The stack that koffi runs foreign code on; more cannot be had. OpenBLAS's threaded LU keeps its
 * tables there, level upon level of recursion: koffi's 2 MiB overflow, and the process dies.
 */
const STACK_BYTES = 16 * 2 ** 20;

const ROW_MAJOR = 101;
const NO_TRANSPOSE = 111;
const TRANSPOSE = 112;

function bindProduct(declare: Declare): LinearAlgebra['gemm'] {
  const dgemm = declare(
    'void',
    'cblas_dgemm',
    'int, int, int, int, int, int, double, double *, int, double *, int, double, double *, int',
  );
  return (
    tA,
    tB,
    m,
    n,
    k,
    alpha,
    a,
    aOffset,
    aStride,
    b,
    bOffset,
    bStride,
    beta,
    c,
    cOffset,
    cStride,
  ) => {
    dgemm(
      ROW_MAJOR,
      tA ? TRANSPOSE : NO_TRANSPOSE,
      tB ? TRANSPOSE : NO_TRANSPOSE,
      m,
      n,
      k,
      alpha,
      from(a, aOffset),
      aStride,
      from(b, bOffset),
      bStride,
      beta,
      from(c, cOffset),
      cStride,
    );
  };
}

/** The array from an offset on; making a view costs as much as a small call, so only where due. */
function from(array: Float64Array, offset: number): Float64Array {
  return offset === 0 ? array : array.subarray(offset);
}
