import type { Evidence } from './claim.js';

/** What a metric came to on all the problems that it was measured on. */
export interface KeyNumber {
  /** What is measured, without the problem that it was measured on. */
  readonly metric: string;
  readonly threshold: string;
  /** The smallest value and the largest, in the metric's unit. */
  readonly low: number;
  readonly high: number;
}

/**
 * The numbers that say most of a run: those that do not support, else all that are judged. A metric measured
 * on several problems is one of them, with the range of its values.
 */
export function keyNumbers(evidence: readonly Evidence[]): KeyNumber[] {
  const judged = evidence.filter(({ verdict }) => verdict !== 'reported');
  const against = judged.filter(({ verdict }) => verdict !== 'supported');
  const groups = new Map<string, KeyNumber>();
  for (const { metric: whole, threshold, value } of against.length > 0 ? against : judged) {
    // "angle to the limit, planar relu": what is measured, then on which problem.
    const [metric] = whole.split(', ');
    const key = `${metric} (${threshold})`;
    const { low, high } = groups.get(key) ?? { low: value, high: value };
    const [least, most] = [Math.min(low, value), Math.max(high, value)];
    groups.set(key, { metric, threshold, low: least, high: most });
  }
  return [...groups.values()];
}
