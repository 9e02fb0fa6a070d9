import { algebraForProduct } from '../../numerics/linear-algebra.js';
import { addScaled, dot } from '../../numerics/vectors.js';
import {
  symmetricFactor,
  symmetricSolve,
  type SymmetricFactors,
} from '../../numerics/symmetric-indefinite.js';
import { squares } from './blocks.js';
import { rowCount, wideCount, wideRow, type ConstraintRows } from './rows.js';

/**
 * The matrix [[shift·I − H, Rᵀ], [R, 0]] of a step along constraints, with a block-diagonal H. Each
 * block is eliminated together with the constraints on it alone, as kinks are, so that what is left has
 * the size of the number of the others, whatever the number of parameters.
 */
export interface TangentSystem {
  /** How many eigenvalues of H, restricted to the kernel of R, are larger than the shift. */
  readonly above: number;
  /** d and x with (shift·I − H) d = Rᵀ x − g and R d = h. */
  solve(g: Float64Array, h: Float64Array): { d: Float64Array; x: Float64Array };
}

/** Rows are to be independent; undefined where the matrix is singular. */
export function tangentSystem(
  curvature: readonly Float64Array[],
  shift: number,
  rows: ConstraintRows,
): TangentSystem | undefined {
  const { blocks, n } = rows;
  const count = rowCount(rows);
  const row = (r: number) => wideRow(rows, r);
  const { own, shared } = ownersOf(rows);
  const orders = blocks.map((indices, b) => indices.length + own[b].length);
  const matrices = squares(orders);
  const factors = curvature.map((matrix, b) =>
    borderedFactor(matrix, shift, own[b], orders[b], matrices[b]),
  );
  if (factors.some(({ zero }) => zero > 0)) return undefined;
  const part = new Float64Array(Math.max(...orders));
  const eliminate = (v: Float64Array, h: Float64Array): Eliminated => {
    const result = { d: new Float64Array(n), y: new Float64Array(count) };
    factors.forEach((factor, b) => eliminateBlock(factor, blocks[b], own[b], v, h, part, result));
    return result;
  };
  const none = new Float64Array(count);
  const solved = shared.map((r) => eliminate(row(r), none));
  const gram = products(
    shared.map(row),
    solved.map(({ d }) => d),
  );
  const schur = symmetricFactor(shared.length, gram);
  if (schur.zero > 0) return undefined;
  const negative = factors.reduce((sum, factor) => sum + factor.negative, 0);
  return {
    // Haynsworth: the inertia of the whole is that of the blocks and of minus the Schur complement.
    above: negative + schur.positive - count,
    solve(g, h) {
      const { d, y } = eliminate(
        g.map((value) => -value),
        h,
      );
      const x = Float64Array.from(shared, (r) => h[r] - dot(row(r), d));
      symmetricSolve(schur, x);
      shared.forEach((_, k) => {
        addScaled(d, x[k], solved[k].d);
        addScaled(y, x[k], solved[k].y);
      });
      // Of the blocks' own constraints the multipliers are −y.
      const all = y.map((value) => -value);
      shared.forEach((r, k) => (all[r] = x[k]));
      return { d, x: all };
    },
  };
}

/** With fewer rows than this their products are dots, in one order of terms whatever library is there. */
const MANY = 32;

/** The inner products of rows with the same rows times a symmetric matrix; the lower triangle serves. */
function products(rows: readonly Float64Array[], solved: readonly Float64Array[]): Float64Array {
  const m = rows.length;
  const gram = new Float64Array(m * m);
  if (m < MANY) {
    for (let i = 0; i < m; i++) {
      for (let j = 0; j <= i; j++) gram[i * m + j] = dot(rows[i], solved[j]);
    }
    return gram;
  }
  const n = rows[0].length;
  const [a, b] = [rows, solved].map((vectors) => {
    const joined = new Float64Array(m * n);
    vectors.forEach((vector, k) => joined.set(vector, k * n));
    return joined;
  });
  algebraForProduct(m * m * n).gemm(false, true, m, m, n, 1, a, 0, n, b, 0, n, 0, gram, 0, m);
  return gram;
}

/** What a block-diagonal matrix, bordered by the blocks' own constraints, makes of a vector. */
interface Eliminated {
  readonly d: Float64Array;
  /** At the indices of the blocks' own constraints. */
  readonly y: Float64Array;
}

/** A row with its number. */
interface OwnRow {
  readonly r: number;
  /** One for each index of its block. */
  readonly values: Float64Array;
}

/** The rows that are zero outside of one block, by block, and the numbers of all others. */
function ownersOf(rows: ConstraintRows): {
  own: readonly (readonly OwnRow[])[];
  shared: readonly number[];
} {
  const { blocks, n, narrow } = rows;
  const owner = new Int32Array(n);
  blocks.forEach((indices, b) => indices.forEach((index) => (owner[index] = b)));
  const own: OwnRow[][] = blocks.map(() => []);
  const shared: number[] = [];
  const wides = wideCount(rows);
  for (let r = 0; r < wides; r++) {
    const row = wideRow(rows, r);
    const block = blockOf(row, owner);
    if (block < 0) shared.push(r);
    else own[block].push({ r, values: Float64Array.from(blocks[block], (index) => row[index]) });
  }
  narrow.forEach(({ block, values }, k) => own[block].push({ r: wides + k, values }));
  return { own, shared };
}

/** The block that holds all of a row that is not zero; −1 where there is none. */
function blockOf(row: Float64Array, owner: Int32Array): number {
  let block = -1;
  for (let i = 0; i < row.length; i++) {
    if (row[i] === 0 || owner[i] === block) continue;
    if (block >= 0) return -1;
    block = owner[i];
  }
  return block;
}

/** Of [[shift·I − H, Rᵀ], [R, 0]] for one block and its own rows, written into zeros. */
function borderedFactor(
  matrix: Float64Array,
  shift: number,
  rows: readonly OwnRow[],
  order: number,
  bordered: Float64Array,
): SymmetricFactors {
  const size = order - rows.length;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) bordered[i * order + j] = -matrix[i * size + j];
    bordered[i * order + i] += shift;
  }
  rows.forEach(({ values }, k) => bordered.set(values, (size + k) * order));
  return symmetricFactor(order, bordered);
}

/** `part` has room for the block and its own rows. */
function eliminateBlock(
  factor: SymmetricFactors,
  indices: Int32Array,
  own: readonly OwnRow[],
  v: Float64Array,
  h: Float64Array,
  part: Float64Array,
  into: Eliminated,
): void {
  const size = indices.length;
  let any = false;
  for (let i = 0; i < size; i++) {
    part[i] = v[indices[i]];
    any ||= part[i] !== 0;
  }
  for (let k = 0; k < own.length; k++) {
    part[size + k] = h[own[k].r];
    any ||= part[size + k] !== 0;
  }
  if (!any) return;
  symmetricSolve(factor, part);
  for (let i = 0; i < size; i++) into.d[indices[i]] = part[i];
  for (let k = 0; k < own.length; k++) into.y[own[k].r] = part[size + k];
}
