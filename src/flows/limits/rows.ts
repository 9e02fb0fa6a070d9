import { choleskyFactor } from '../../numerics/cholesky.js';
import { algebraForProduct } from '../../numerics/linear-algebra.js';
import { norm, scale } from '../../numerics/vectors.js';
import type { Blocks } from './blocks.js';

/**
 * Gradients of constraints on θ. Those of margins are wide: they reach over all parameters. Those of kinks
 * are narrow: zero but on one block, the weights of a unit. Numbered together, the wide ones come first.
 */
export interface ConstraintRows {
  readonly blocks: Blocks;
  /** Number of parameters. */
  readonly n: number;
  /** One after the other, n numbers each. */
  readonly wide: Float64Array;
  readonly narrow: readonly NarrowRow[];
}

/** A row that is zero outside of one block, with a number for each index of that block. */
export interface NarrowRow {
  readonly block: number;
  readonly values: Float64Array;
}

/** Number of the rows over all parameters. */
export function wideCount({ wide, n }: ConstraintRows): number {
  return wide.length / n;
}

/** Number of all rows. */
export function rowCount(rows: ConstraintRows): number {
  return wideCount(rows) + rows.narrow.length;
}

/** A row over all parameters, a view. */
export function wideRow({ wide, n }: ConstraintRows, r: number): Float64Array {
  return wide.subarray(r * n, (r + 1) * n);
}

/** The rows of the chosen numbers, which increase. */
export function pickRows(rows: ConstraintRows, chosen: readonly number[]): ConstraintRows {
  const { blocks, n, narrow } = rows;
  const count = wideCount(rows);
  const wides = chosen.filter((r) => r < count);
  const wide = new Float64Array(wides.length * n);
  wides.forEach((r, k) => wide.set(wideRow(rows, r), k * n));
  return { blocks, n, wide, narrow: chosen.slice(wides.length).map((r) => narrow[r - count]) };
}

/** Rowsᵀ weights. */
export function combineRows(rows: ConstraintRows, weights: ArrayLike<number>): Float64Array {
  const { blocks, n, wide, narrow } = rows;
  const sum = new Float64Array(n);
  const count = wideCount(rows);
  for (let r = 0; r < count; r++) {
    const weight = weights[r];
    if (weight === 0) continue;
    for (let i = 0, p = r * n; i < n; i++) sum[i] += weight * wide[p++];
  }
  narrow.forEach(({ block, values }, k) => {
    const weight = weights[count + k];
    if (weight === 0) return;
    const indices = blocks[block];
    for (let i = 0; i < indices.length; i++) sum[indices[i]] += weight * values[i];
  });
  return sum;
}

/** Rows·vector. */
export function rowProducts(rows: ConstraintRows, vector: Float64Array): Float64Array {
  const { blocks, n, wide, narrow } = rows;
  const count = wideCount(rows);
  const products = new Float64Array(count + narrow.length);
  for (let r = 0, p = 0; r < count; r++) {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += wide[p++] * vector[i];
    products[r] = sum;
  }
  narrow.forEach(({ block, values }, k) => {
    products[count + k] = blockProduct(blocks[block], values, vector);
  });
  return products;
}

/** Of numbers at a block's indices with a vector over all parameters. */
export function blockProduct(
  indices: Int32Array,
  values: Float64Array,
  vector: Float64Array,
): number {
  let sum = 0;
  for (let i = 0; i < indices.length; i++) sum += values[i] * vector[indices[i]];
  return sum;
}

/** What is left of a row beside those before it, as a share of its norm, below which it depends on them. */
const DEPENDENT = 1e-8;
/** So many wide rows are looked at together first, and none depends on others that keeps this share of its norm. */
const MANY = 32;
const CLEARLY = 1e-3;

/**
 * Numbers of rows, increasing, that depend on none of those chosen before them: narrow ones first, each kind
 * in the given order of preference. Narrow rows meet those of their own block only.
 */
export function independentRows(rows: ConstraintRows, preference: readonly number[]): number[] {
  const { blocks, narrow } = rows;
  const count = wideCount(rows);
  const chosen: number[] = [];
  const within: Float64Array[][] = blocks.map(() => []);
  for (const r of preference) {
    if (r < count) continue;
    const { block, values } = narrow[r - count];
    const left = remainder(values, (row) => removeAlongAll(row, within[block]));
    if (!left) continue;
    within[block].push(left);
    chosen.push(r);
  }
  const held = [...within.keys()].filter((b) => within[b].length > 0);
  const removeHeld = (row: Float64Array) => {
    for (const b of held) {
      for (const direction of within[b]) removeWithin(row, blocks[b], direction);
    }
  };
  const wides = preference.filter((r) => r < count);
  if (wides.length >= MANY && areClearlyIndependent(rows, wides, removeHeld)) {
    return [...chosen, ...wides].sort((a, b) => a - b);
  }
  const basis: Float64Array[] = [];
  for (const r of wides) {
    const left = remainder(wideRow(rows, r), (row) => {
      removeHeld(row);
      removeAlongAll(row, basis);
    });
    if (!left) continue;
    basis.push(left);
    chosen.push(r);
  }
  return chosen.sort((a, b) => a - b);
}

/**
 * Whether each of many wide rows keeps a good part of its norm beside all others, once what the narrow ones hold
 * is removed: by their inner products, whose pivots are the squares of what is left, in half of the digits.
 */
function areClearlyIndependent(
  { wide, n }: ConstraintRows,
  numbers: readonly number[],
  removeHeld: (row: Float64Array) => void,
): boolean {
  const count = numbers.length;
  const left = new Float64Array(count * n);
  for (const [k, r] of numbers.entries()) {
    const row = left.subarray(k * n, (k + 1) * n);
    row.set(wide.subarray(r * n, (r + 1) * n));
    const size = norm(row);
    if (!(size > 0)) return false;
    removeHeld(row);
    removeHeld(row);
    scale(row, 1 / size);
  }
  const gram = new Float64Array(count * count);
  // prettier-ignore
  algebraForProduct(count * count * n).gemm(false, true, count, count, n, 1, left, 0, n, left, 0, n, 0, gram, 0, count);
  if (!choleskyFactor(count, gram)) return false;
  for (let k = 0; k < count; k++) if (!(gram[k * count + k] > CLEARLY)) return false;
  return true;
}

/** What a removal leaves of a row, normalized; undefined where that is nothing. */
function remainder(
  row: Float64Array,
  remove: (left: Float64Array) => void,
): Float64Array | undefined {
  const size = norm(row);
  if (!(size > 0)) return undefined;
  const left = row.slice();
  // Twice is enough.
  for (let round = 0; round < 2; round++) remove(left);
  const rest = norm(left);
  if (!(rest > DEPENDENT * size)) return undefined;
  scale(left, 1 / rest);
  return left;
}

/** left −= (left·direction) direction, for one direction after the other. */
function removeAlongAll(left: Float64Array, directions: readonly Float64Array[]): void {
  for (const direction of directions) {
    let along = 0;
    for (let i = 0; i < left.length; i++) along += left[i] * direction[i];
    if (along === 0) continue;
    for (let i = 0; i < left.length; i++) left[i] -= along * direction[i];
  }
}

/** The same for a direction on the indices of a block. */
function removeWithin(left: Float64Array, indices: Int32Array, direction: Float64Array): void {
  const along = blockProduct(indices, direction, left);
  if (along === 0) return;
  for (let i = 0; i < indices.length; i++) left[indices[i]] -= along * direction[i];
}
