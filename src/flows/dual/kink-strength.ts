import { layerOf, type KinkModes, type SlidingKink } from '../kinks/kink-modes.js';
import type { KinkRow } from '../rows/row-choice.js';
import type { DualStage } from './dual-stage.js';

/**
 * c = ∂v/∂slope across the kink, as a multiple of ∇z: what the kink's weight y would be with the
 * high slope. Summed over the rows of its example (its margins, and its kinks in later layers), at the
 * place where the stage's rows are.
 */
export function kinkStrength(
  modes: KinkModes,
  stage: DualStage,
  examples: readonly number[],
  kinks: readonly KinkRow[],
  { example, unit }: SlidingKink,
): number {
  const { low, high } = modes;
  const { index, first, units } = layerOf(modes, unit);
  const gradients = stage.rows.gradients(index);
  let sum = 0;
  for (let r = 0; r < examples.length; r++) {
    if (examples[r] === example) sum += stage.q[r] * gradients[r * units + unit - first];
  }
  const margins = examples.length;
  for (let k = 0; k < kinks.length && kinks[k].layer > index; k++) {
    if (examples[kinks[k].row] !== example) continue;
    sum += stage.unknowns[margins + k] * gradients[(margins + k) * units + unit - first];
  }
  return (high - low) * sum;
}
