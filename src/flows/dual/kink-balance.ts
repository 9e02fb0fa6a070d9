import { algebraForOrder } from '../../numerics/linear-algebra.js';
import { KINK_RIDGE } from '../kinks/kink-ridge.js';
import type { DualStage } from './dual-stage.js';

/** Solves for the kinks' weights: more than one where the ridge on their diagonal matters. */
const BALANCING_ROUNDS = 3;

/** B Bᵀ: the kinks' block of the Gram matrix, kinks×kinks. */
export function kinkBlock({ rows }: DualStage, gram: Float64Array): Float64Array {
  const { margins, count } = rows;
  const kinks = count - margins;
  const block = new Float64Array(kinks * kinks);
  for (let i = 0; i < kinks; i++) {
    const from = (margins + i) * count + margins;
    block.set(gram.subarray(from, from + kinks), i * kinks);
  }
  return block;
}

/** y such that ∇z·v = 0: B Bᵀ y = −B Gᵀ q, with B Bᵀ the kinks' block of the Gram matrix. */
export function balanceKinks(start: DualStage, gram: Float64Array): void {
  const { margins, count } = start.rows;
  const kinks = count - margins;
  const block = kinkBlock(start, gram);
  for (let i = 0; i < kinks; i++) block[i * kinks + i] *= 1 + KINK_RIDGE;
  const pivots = new Int32Array(kinks);
  const algebra = algebraForOrder(kinks);
  if (!algebra.luFactor(kinks, block, pivots)) return;
  const step = new Float64Array(kinks);
  for (let round = 0; round < BALANCING_ROUNDS; round++) {
    for (let i = 0; i < kinks; i++) {
      let sum = start.products[margins + i];
      const row = (margins + i) * count + margins;
      for (let j = 0; j < kinks; j++) sum += gram[row + j] * start.unknowns[margins + j];
      step[i] = -sum;
    }
    algebra.luSolve(kinks, block, pivots, step);
    for (let i = 0; i < kinks; i++) start.unknowns[margins + i] += step[i];
  }
}
