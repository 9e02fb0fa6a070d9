import type { ExperimentSpec } from '../specs/index.js';
import { trainingName } from './run-image-training.js';
import { comparisonName } from './run-step-comparison.js';

/** What the names of an experiment's kept trainings begin with; undefined where it trains nothing. */
export function keptTrainingName(spec: ExperimentSpec): string | undefined {
  if (spec.kind === 'image-training') return trainingName(spec);
  return spec.kind === 'step-comparison' ? comparisonName(spec) : undefined;
}
