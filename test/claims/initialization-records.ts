import {
  initializationPlan,
  type InitializationRecord,
} from '../../src/claims/initialization/plan.js';
import { runPlan } from '../../src/experiments/index.js';

let kept: Promise<InitializationRecord> | undefined;

/** The smoke plan with fewer starts; run once in a process, some two seconds. */
export function shortInitialization(): Promise<InitializationRecord> {
  const plan = initializationPlan({ scale: 'smoke', seed: 1 });
  kept ??= runPlan({ ...plan, early: plan.early.slice(1), starts: plan.starts.slice(0, 3) });
  return kept;
}
