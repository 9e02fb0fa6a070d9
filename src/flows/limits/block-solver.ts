import { choleskyBackward, choleskyFactor, choleskyForward } from '../../numerics/cholesky.js';
import { algebraForProduct } from '../../numerics/linear-algebra.js';
import type { Blocks } from './blocks.js';
import { pickRows, stretchOf, type Stretch } from './rows.js';

/** (shift·I − H)⁻¹ for a block-diagonal H, applied to vectors over all parameters. */
export type BlockInverse = (vector: Float64Array) => Float64Array;

/** By Cholesky's method, C Cᵀ = shift·I − H. */
export interface DefiniteInverse {
  readonly whole: BlockInverse;
  /** C⁻¹. */
  readonly half: BlockInverse;
}

/** Undefined where shift·I − H is not positive definite. */
export function definiteInverse(
  blocks: Blocks,
  curvature: readonly Float64Array[],
  shift: number,
): DefiniteInverse | undefined {
  const factors = shifted(curvature, shift);
  const definite = factors.every((matrix, b) => choleskyFactor(blocks[b].length, matrix));
  if (!definite) return undefined;
  return {
    whole: blockwise(blocks, (b, part) => {
      choleskyForward(part.length, factors[b], part);
      choleskyBackward(part.length, factors[b], part);
    }),
    half: blockwise(blocks, (b, part) => choleskyForward(part.length, factors[b], part)),
  };
}

function shifted(curvature: readonly Float64Array[], shift: number): Float64Array[] {
  return curvature.map((matrix) => {
    const size = Math.sqrt(matrix.length);
    const result = matrix.map((value) => -value);
    for (let i = 0; i < size; i++) result[i * size + i] += shift;
    return result;
  });
}

/** A function that solves for each block's part of a vector, where that is not zero. */
function blockwise(
  blocks: Blocks,
  solve: (block: number, part: Float64Array) => void,
): BlockInverse {
  const parts = blocks.map((indices) => new Float64Array(indices.length));
  return (vector) => {
    const result = new Float64Array(vector.length);
    blocks.forEach((indices, b) => {
      const part = parts[b];
      let any = false;
      for (let i = 0; i < indices.length; i++) {
        part[i] = vector[indices[i]];
        any ||= part[i] !== 0;
      }
      if (!any) return;
      solve(b, part);
      for (let i = 0; i < indices.length; i++) result[indices[i]] = part[i];
    });
    return result;
  };
}

/** Rows times (shift·I − H)⁻¹, row by row. */
export function solveRows(inverse: BlockInverse, rows: Float64Array, n: number): Float64Array {
  const solved = new Float64Array(rows.length);
  for (let at = 0; at < rows.length; at += n) solved.set(inverse(rows.subarray(at, at + n)), at);
  return solved;
}

/** A row is short where what of it is not zero is at most this share of it: kinks touch one unit's weights. */
const SHORT = 1 / 8;

/** The matrix of inner products of the rows of `a` with those of `b`, each of n numbers. */
export function innerProducts(a: Float64Array, b: Float64Array, n: number): Float64Array {
  const m = a.length / n;
  const k = b.length / n;
  const into = new Float64Array(m * k);
  const whole: number[] = [];
  for (let i = 0; i < m; i++) {
    const row = stretchOf(a.subarray(i * n, (i + 1) * n));
    if (row.to - row.from > SHORT * n) whole.push(i);
    else shortProducts(row, b, into.subarray(i * k, (i + 1) * k));
  }
  if (whole.length * k === 0) return into;
  const rows = whole.length === m ? a : pickRows(a, n, whole);
  const products = whole.length === m ? into : new Float64Array(whole.length * k);
  // prettier-ignore
  algebraForProduct(whole.length * k * n).gemm(false, true, whole.length, k, n, 1, rows, 0, n, b, 0, n, 0, products, 0, k);
  if (products !== into) {
    whole.forEach((i, r) => into.set(products.subarray(r * k, (r + 1) * k), i * k));
  }
  return into;
}

function shortProducts({ values, from, to }: Stretch, b: Float64Array, into: Float64Array): void {
  const n = values.length;
  for (let j = 0; j < into.length; j++) {
    let sum = 0;
    for (let i = from, p = j * n + from; i < to; i++) sum += values[i] * b[p++];
    into[j] = sum;
  }
}

/** Rowsᵀ weights. */
export function combineRows(
  rows: Float64Array,
  weights: ArrayLike<number>,
  n: number,
): Float64Array {
  const sum = new Float64Array(n);
  for (let r = 0; r < weights.length; r++) {
    const weight = weights[r];
    if (weight === 0) continue;
    for (let i = 0, p = r * n; i < n; i++) sum[i] += weight * rows[p++];
  }
  return sum;
}

/** Rows·vector. */
export function rowProducts(rows: Float64Array, vector: Float64Array): Float64Array {
  const n = vector.length;
  const products = new Float64Array(rows.length / n);
  for (let r = 0, p = 0; r < products.length; r++) {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += rows[p++] * vector[i];
    products[r] = sum;
  }
  return products;
}
