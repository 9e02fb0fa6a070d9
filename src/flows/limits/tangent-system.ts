import { addScaled, dot, norm } from '../../numerics/vectors.js';
import { symmetricFactor, symmetricSolve } from '../../numerics/symmetric-indefinite.js';
import type { Blocks } from './blocks.js';
import { blockwise, innerProducts, solveRows } from './block-solver.js';

/**
 * The matrix [[shift·I − H, Rᵀ], [R, 0]] of a step along constraints, with a block-diagonal H,
 * eliminated block by block: its size is the number of rows of R, whatever the number of parameters.
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
  const factors = curvature.map((matrix, b) => {
    const size = blocks[b].length;
    const shifted = matrix.map((value) => -value);
    for (let i = 0; i < size; i++) shifted[i * size + i] += shift;
    return symmetricFactor(size, shifted);
  });
  if (factors.some(({ zero }) => zero > 0)) return undefined;
  const inverse = blockwise(blocks, (b, part) => symmetricSolve(factors[b], part));
  const solved = solveRows(inverse, rows, n);
  const schur = symmetricFactor(count, innerProducts(rows, solved, n));
  if (schur.zero > 0) return undefined;
  const negative = factors.reduce((sum, factor) => sum + factor.negative, 0);
  return {
    // Haynsworth: the inertia of the whole is that of the blocks and of minus the Schur complement.
    above: negative + schur.positive - count,
    solve(g, h) {
      const x = new Float64Array(count);
      for (let r = 0; r < count; r++) x[r] = h[r] + dot(solved.subarray(r * n, (r + 1) * n), g);
      symmetricSolve(schur, x);
      const d = inverse(g).map((value) => -value);
      for (let r = 0; r < count; r++) addScaled(d, x[r], solved.subarray(r * n, (r + 1) * n));
      return { d, x };
    },
  };
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
    basis.push(stretchOf(left.map((value) => value / rest)));
    chosen.push(r);
  }
  return chosen.sort((a, b) => a - b);
}

/** A vector with the stretch of it that is not zero: those of kinks are short. */
interface Stretch {
  readonly values: Float64Array;
  readonly from: number;
  readonly to: number;
}

function stretchOf(values: Float64Array): Stretch {
  const from = values.findIndex((value) => value !== 0);
  return { values, from, to: values.findLastIndex((value) => value !== 0) + 1 };
}

/** left −= (left·direction) direction. */
function removeAlong(left: Float64Array, { values, from, to }: Stretch): void {
  let along = 0;
  for (let i = from; i < to; i++) along += left[i] * values[i];
  if (along === 0) return;
  for (let i = from; i < to; i++) left[i] -= along * values[i];
}

/** The chosen rows, one after the other. */
export function pickRows(rows: Float64Array, n: number, chosen: readonly number[]): Float64Array {
  const picked = new Float64Array(chosen.length * n);
  chosen.forEach((r, k) => picked.set(rows.subarray(r * n, (r + 1) * n), k * n));
  return picked;
}
