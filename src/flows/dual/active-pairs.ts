import type { SerialObjective } from '../../losses/objective.js';
import { inExponentialTail } from '../../losses/tail.js';

/** Pairs come in where log q exceeds log(tolerance) minus this, and leave below it minus `LEAVING`. */
const ENTERING = 6;
const LEAVING = 4;

/** The pairs that take part, from the margins of all: before the loss has its tail, every one. */
export function pairsAtWork(
  objective: SerialObjective,
  alpha: number,
  beta: number,
  margins: Float64Array,
  tolerance: number,
): number[] {
  const all = [...margins.keys()];
  if (!inExponentialTail(objective.loss, alpha)) return all;
  const enters = entryThreshold(tolerance);
  return all.filter((i) => alpha - beta * margins[i] > enters);
}

/** The number of the pairs that take part, as `pairsAtWork`. */
export function countAtWork(
  objective: SerialObjective,
  alpha: number,
  beta: number,
  margins: Float64Array,
  tolerance: number,
): number {
  if (!inExponentialTail(objective.loss, alpha)) return margins.length;
  const enters = entryThreshold(tolerance);
  let count = 0;
  for (const margin of margins) if (alpha - beta * margin > enters) count++;
  return count;
}

/** log q from which on a pair comes in. */
export function entryThreshold(tolerance: number): number {
  return Math.log(tolerance) - ENTERING;
}

/** The pairs that matter from here on; the same array where they are the same as before. */
export function pairsFromHere(
  before: readonly number[],
  tolerance: number,
  count: number,
  lambdaOf: (pair: number) => number,
  tail: boolean,
): readonly number[] {
  const all = Array.from({ length: count }, (_, i) => i);
  if (!tail) return before.length === count ? before : all;
  const enters = entryThreshold(tolerance);
  const active = new Set(before);
  const needed = all.filter((i) => lambdaOf(i) > (active.has(i) ? enters - LEAVING : enters));
  return needed.length === before.length && needed.every((i) => active.has(i)) ? before : needed;
}
