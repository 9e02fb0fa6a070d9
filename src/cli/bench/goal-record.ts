import type { BenchRecord, Goal } from './entry.js';
import { goalNumber, goalText, isMet } from './goals.js';

/** A record of ours that is compared with its goal alone. */
export function goalRecord(
  key: Pick<BenchRecord, 'name' | 'size' | 'unit'>,
  goal: Goal | null,
  found: Pick<BenchRecord, 'ours'> & Partial<Pick<BenchRecord, 'spread' | 'details'>>,
): BenchRecord {
  return {
    ...key,
    peers: {},
    ratio: null,
    goal: goalNumber(goal),
    goalText: goalText(goal, key.unit),
    met: isMet(goal, found.ours, null),
    spread: {},
    ...found,
  };
}
