import { saliencyExperiments, type SaliencyClaimRecord } from '../../src/claims/saliency/plan.js';
import { runPlan } from '../../src/experiments/index.js';

let kept: Promise<SaliencyClaimRecord> | undefined;

/** The plan on five images of each class, to α = 10⁶; run once in a process, some two seconds. */
export function shortSaliency(): Promise<SaliencyClaimRecord> {
  kept ??= runPlan(saliencyExperiments({ perClass: 5, decades: 6 }, 1));
  return kept;
}
