import {
  generalizationExperiments,
  type GeneralizationClaimRecord,
} from '../../src/claims/generalization/plan.js';
import { runPlan } from '../../src/experiments/index.js';

let kept: Promise<GeneralizationClaimRecord> | undefined;

/** The plan on ten images of each side, to α = 100; run once in a process, about a second. */
export function shortGeneralization(): Promise<GeneralizationClaimRecord> {
  kept ??= runPlan(generalizationExperiments({ perClass: 10, decades: 2 }, 1));
  return kept;
}
