import { linearToSvmPlan } from '../../src/claims/linear-to-svm/plan.js';
import { runExperiment } from '../../src/experiments/index.js';
import type { LinearSvmRecord } from '../../src/records/index.js';

/** The experiment of `linear-to-svm` with fewer steps, for its figures and its judge. */
export function shortLinearSvm(): Promise<LinearSvmRecord> {
  const { linear } = linearToSvmPlan({ scale: 'smoke', seed: 1 });
  return runExperiment({ ...linear, steps: 20_000 });
}
