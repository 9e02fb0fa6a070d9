import { randomStream } from '../../src/numerics/random.js';
import type { LinearAlgebra } from '../../src/numerics/linear-algebra-interface.js';
import { normals } from './matrices.js';

/** A matrix product with all its arguments, and what it must give. */
export interface ProductCase {
  readonly title: string;
  /** Carries it out and returns the whole array of C, borders included. */
  readonly run: (gemm: LinearAlgebra['gemm']) => Float64Array;
  readonly expected: Float64Array;
}

const SIZES = [
  [1, 1, 1],
  [2, 4, 3],
  [3, 5, 7],
  [1, 9, 4],
  [7, 1, 5],
  [5, 6, 0],
  [5, 6, 1],
  [6, 7, 2],
  [9, 3, 12],
  [42, 16, 3],
  [17, 33, 9],
] as const;

/** All transposes at several sizes, with offsets, strides beyond the row, and α, β of all kinds. */
export function productCases(): ProductCase[] {
  const flags = [false, true];
  const factors = [
    [1, 0],
    [-0.5, 1],
    [2, -3],
    [0, 0.5],
  ] as const;
  return SIZES.flatMap(([m, n, k]) =>
    flags.flatMap((tA) =>
      flags.flatMap((tB) =>
        factors.map(([alpha, beta]) => productCase(tA, tB, m, n, k, alpha, beta)),
      ),
    ),
  );
}

function productCase(
  tA: boolean,
  tB: boolean,
  m: number,
  n: number,
  k: number,
  alpha: number,
  beta: number,
): ProductCase {
  const title = `${m}×${n}×${k} A${tA ? 'ᵀ' : ''}B${tB ? 'ᵀ' : ''} α=${alpha} β=${beta}`;
  const stream = randomStream(title);
  const [aStride, bStride, cStride] = [(tA ? m : k) + 2, (tB ? k : n) + 1, n + 3];
  const [aOffset, bOffset, cOffset] = [3, 0, 5];
  const a = normals(stream, aOffset + (tA ? k : m) * aStride);
  const b = normals(stream, bOffset + (tB ? n : k) * bStride);
  const c = normals(stream, cOffset + m * cStride);
  const expected = c.slice();
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let p = 0; p < k; p++) {
        const left = a[aOffset + (tA ? p * aStride + i : i * aStride + p)];
        sum += left * b[bOffset + (tB ? j * bStride + p : p * bStride + j)];
      }
      expected[cOffset + i * cStride + j] = alpha * sum + beta * c[cOffset + i * cStride + j];
    }
  }
  const run = (gemm: LinearAlgebra['gemm']): Float64Array => {
    const into = c.slice();
    gemm(
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
      into,
      cOffset,
      cStride,
    );
    return into;
  };
  return { title, run, expected };
}
