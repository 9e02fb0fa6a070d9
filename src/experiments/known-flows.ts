import { planarFlowPlan } from '../claims/index.js';
import type { FlowRecord } from '../records/index.js';
import type { KnownActivation } from '../specs/index.js';
import { runExperiment } from './run-experiment.js';
import type { Settings } from './settings.js';

/**
 * The flow on points of the plane that the claims look at, computed a single time within a process. Throws as
 * `runExperiment` does.
 */
export function planarFlow(activation: KnownActivation, settings: Settings): Promise<FlowRecord> {
  return runExperiment(planarFlowPlan(activation, settings), settings);
}
