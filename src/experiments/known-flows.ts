import { planarFlowPlan } from '../claims/index.js';
import type { FlowRecord } from '../records/index.js';
import { planarSpec, type KnownActivation, type PlanarChoice } from '../specs/index.js';
import { runExperiment } from './run-experiment.js';
import type { Settings } from './settings.js';

/**
 * The flow on points of the plane that the claims look at, computed a single time within a process, or one that has
 * other units or points. Throws as `runExperiment` does, and a sentence for a data set that is not known.
 */
export function planarFlow(
  activation: KnownActivation,
  settings: Settings & PlanarChoice,
): Promise<FlowRecord> {
  const problem = planarSpec(activation, settings.seed, 'exponential', settings);
  return runExperiment({ ...planarFlowPlan(activation, settings), problem }, settings);
}
