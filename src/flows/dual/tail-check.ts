import type { SerialObjective } from '../../losses/objective.js';
import { requireTail } from '../../losses/tail.js';

/** Throws where the loss is not the exponential one, as it says. */
export function requireTailAt(
  { loss, pairs }: SerialObjective,
  beta: number,
  margins: Float64Array,
): void {
  requireTail(
    loss,
    margins.map((margin) => beta * margin),
    pairs,
  );
}
