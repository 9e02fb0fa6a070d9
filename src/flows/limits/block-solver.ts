import { borderedMatrix, type BorderedMatrix } from '../../numerics/bordered-matrix.js';
import { choleskyBackward, choleskyFactor, choleskyForward } from '../../numerics/cholesky.js';
import { algebraForProduct } from '../../numerics/linear-algebra.js';
import { dot } from '../../numerics/vectors.js';
import { squares, type Blocks } from './blocks.js';
import { blockProduct, wideCount, wideRow, type ConstraintRows } from './rows.js';

/** (shift·I − H)⁻¹ for a block-diagonal H, or a factor of it. */
export interface BlockInverse {
  /** Applied to a vector over all parameters. */
  (vector: Float64Array): Float64Array;
  /** Applied to the numbers of one block, in their place. */
  readonly within: (block: number, part: Float64Array) => void;
}

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
  const factors = shifted(blocks, curvature, shift);
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

function shifted(
  blocks: Blocks,
  curvature: readonly Float64Array[],
  shift: number,
): Float64Array[] {
  const results = squares(blocks.map((indices) => indices.length));
  results.forEach((result, b) => {
    const size = blocks[b].length;
    for (let p = 0; p < result.length; p++) result[p] = -curvature[b][p];
    for (let i = 0; i < size; i++) result[i * size + i] += shift;
  });
  return results;
}

/** A function that solves for each block's part of a vector, where that is not zero. */
function blockwise(
  blocks: Blocks,
  within: (block: number, part: Float64Array) => void,
): BlockInverse {
  const parts = blocks.map((indices) => new Float64Array(indices.length));
  const whole = (vector: Float64Array) => {
    const result = new Float64Array(vector.length);
    blocks.forEach((indices, b) => {
      const part = parts[b];
      let any = false;
      for (let i = 0; i < indices.length; i++) {
        part[i] = vector[indices[i]];
        any ||= part[i] !== 0;
      }
      if (!any) return;
      within(b, part);
      for (let i = 0; i < indices.length; i++) result[indices[i]] = part[i];
    });
    return result;
  };
  return Object.assign(whole, { within });
}

/** Rows times (shift·I − H)⁻¹, row by row. */
export function solveRows(inverse: BlockInverse, rows: ConstraintRows): ConstraintRows {
  const wide = new Float64Array(rows.wide.length);
  for (let r = 0; r < wideCount(rows); r++) wide.set(inverse(wideRow(rows, r)), r * rows.n);
  const narrow = rows.narrow.map(({ block, values }) => {
    const part = values.slice();
    inverse.within(block, part);
    return { block, values: part };
  });
  return { ...rows, wide, narrow };
}

/**
 * The inner products of rows with the same rows times a block-diagonal matrix: those of different blocks
 * do not meet.
 */
export function innerProducts(a: ConstraintRows, b: ConstraintRows): BorderedMatrix {
  const { blocks, n } = a;
  const m = wideCount(a);
  const corner = new Float64Array(m * m);
  if (m > 0) {
    // prettier-ignore
    algebraForProduct(m * m * n).gemm(false, true, m, m, n, 1, a.wide, 0, n, b.wide, 0, n, 0, corner, 0, m);
  }
  const members: number[][] = blocks.map(() => []);
  a.narrow.forEach(({ block }, k) => members[block].push(k));
  const border = new Float64Array(a.narrow.length * m);
  a.narrow.forEach(({ block, values }, k) => {
    for (let r = 0; r < m; r++)
      border[k * m + r] = blockProduct(blocks[block], values, wideRow(b, r));
  });
  const groups = members.filter((group) => group.length > 0);
  const within = groups.map((group) => {
    const products = new Float64Array(group.length ** 2);
    group.forEach((k, i) => {
      group.forEach((other, j) => {
        products[i * group.length + j] = dot(a.narrow[k].values, b.narrow[other].values);
      });
    });
    return products;
  });
  return borderedMatrix({ shared: m, corner, border, groups, within });
}
