import { rounded } from '../../text/numbers.js';
import type { Goal } from './entry.js';

/** The goal in words: 'ratio ≥ 2' or '≤ 3 s'. */
export function goalText(goal: Goal | null, unit: string): string {
  if (goal === null) return '';
  return goal.of === 'ratio'
    ? `ratio ≥ ${rounded(goal.least, 3)}`
    : `≤ ${goal.most < 1e-3 ? goal.most.toExponential() : goal.most} ${unit}`.trimEnd();
}

export function goalNumber(goal: Goal | null): number | null {
  if (goal === null) return null;
  return goal.of === 'ratio' ? goal.least : goal.most;
}

/** Null where there is no goal, or no peer for a ratio. */
export function isMet(goal: Goal | null, ours: number, ratio: number | null): boolean | null {
  if (goal === null) return null;
  if (goal.of === 'ours') return ours <= goal.most;
  return ratio === null ? null : ratio >= goal.least;
}
