import { addScaled, dot, norm, scale } from '../../numerics/vectors.js';
import {
  symmetricFactor,
  symmetricSolve,
  type SymmetricFactors,
} from '../../numerics/symmetric-indefinite.js';
import type { Blocks } from './blocks.js';
import { stretchOf, type Stretch } from './rows.js';

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
  blocks: Blocks,
  curvature: readonly Float64Array[],
  shift: number,
  rows: Float64Array,
  n: number,
): TangentSystem | undefined {
  const count = rows.length / n;
  const row = (r: number) => rows.subarray(r * n, (r + 1) * n);
  const { own, shared } = ownersOf(blocks, rows, n);
  const factors = curvature.map((matrix, b) =>
    borderedFactor(matrix, shift, blocks[b], own[b].map(row)),
  );
  if (factors.some(({ zero }) => zero > 0)) return undefined;
  const eliminate = (v: Float64Array, h: Float64Array): Eliminated => {
    const result = { d: new Float64Array(n), y: new Float64Array(count) };
    factors.forEach((factor, b) => eliminateBlock(factor, blocks[b], own[b], v, h, result));
    return result;
  };
  const none = new Float64Array(count);
  const solved = shared.map((r) => eliminate(row(r), none));
  const gram = new Float64Array(shared.length ** 2);
  shared.forEach((r, i) => {
    for (let j = 0; j <= i; j++) gram[i * shared.length + j] = dot(row(r), solved[j].d);
  });
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

/** What a block-diagonal matrix, bordered by the blocks' own constraints, makes of a vector. */
interface Eliminated {
  readonly d: Float64Array;
  /** At the indices of the blocks' own constraints. */
  readonly y: Float64Array;
}

/** The rows that are zero outside of one block, by block, and all others. */
function ownersOf(
  blocks: Blocks,
  rows: Float64Array,
  n: number,
): { own: readonly number[][]; shared: readonly number[] } {
  const owner = new Int32Array(n);
  blocks.forEach((indices, b) => indices.forEach((index) => (owner[index] = b)));
  const own: number[][] = blocks.map(() => []);
  const shared: number[] = [];
  for (let r = 0; r < rows.length / n; r++) {
    const block = blockOf(rows, r * n, n, owner);
    if (block >= 0) own[block].push(r);
    else shared.push(r);
  }
  return { own, shared };
}

/** The block that holds all of a row that is not zero; −1 where there is none. */
function blockOf(rows: Float64Array, from: number, n: number, owner: Int32Array): number {
  let block = -1;
  for (let i = 0; i < n; i++) {
    if (rows[from + i] === 0 || owner[i] === block) continue;
    if (block >= 0) return -1;
    block = owner[i];
  }
  return block;
}

/** Of [[shift·I − H, Rᵀ], [R, 0]] for one block and its own rows. */
function borderedFactor(
  matrix: Float64Array,
  shift: number,
  indices: Int32Array,
  rows: readonly Float64Array[],
): SymmetricFactors {
  const size = indices.length;
  const order = size + rows.length;
  const bordered = new Float64Array(order * order);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) bordered[i * order + j] = -matrix[i * size + j];
    bordered[i * order + i] += shift;
  }
  rows.forEach((row, k) => {
    for (let j = 0; j < size; j++) bordered[(size + k) * order + j] = row[indices[j]];
  });
  return symmetricFactor(order, bordered);
}

function eliminateBlock(
  factor: SymmetricFactors,
  indices: Int32Array,
  own: readonly number[],
  v: Float64Array,
  h: Float64Array,
  into: Eliminated,
): void {
  const size = indices.length;
  const part = new Float64Array(size + own.length);
  for (let i = 0; i < size; i++) part[i] = v[indices[i]];
  own.forEach((r, k) => (part[size + k] = h[r]));
  if (part.every((value) => value === 0)) return;
  symmetricSolve(factor, part);
  for (let i = 0; i < size; i++) into.d[indices[i]] = part[i];
  own.forEach((r, k) => (into.y[r] = part[size + k]));
}

/** What is left of a row beside those before it, as a share of its norm, below which it depends on them. */
const DEPENDENT = 1e-8;

/** Places of rows that depend on none of those chosen before them, in the given order of preference. */
export function independentRows(
  rows: Float64Array,
  n: number,
  preference: readonly number[],
): number[] {
  const basis: Stretch[] = [];
  const chosen: number[] = [];
  for (const r of preference) {
    const left = rows.slice(r * n, (r + 1) * n);
    const size = norm(left);
    if (!(size > 0)) continue;
    // Twice is enough.
    for (let round = 0; round < 2; round++) {
      for (const direction of basis) removeAlong(left, direction);
    }
    const rest = norm(left);
    if (!(rest > DEPENDENT * size)) continue;
    scale(left, 1 / rest);
    basis.push(stretchOf(left));
    chosen.push(r);
  }
  return chosen.sort((a, b) => a - b);
}

/** left −= (left·direction) direction. */
function removeAlong(left: Float64Array, { values, from, to }: Stretch): void {
  let along = 0;
  for (let i = from; i < to; i++) along += left[i] * values[i];
  if (along === 0) return;
  for (let i = from; i < to; i++) left[i] -= along * values[i];
}
