/**
 * Runs of what a plan describes, kept or computed, up to a claim and its verdict.
 * @module
 */
export { RUNS_FOLDER } from './run-folders.js';
export { datasetHash } from './dataset-records.js';
export * from './known-flows.js';
export * from './notebook-settings.js';
export * from './problems.js';
export * from './run-claim.js';
export { runDescent, type DescentSize } from './run-descent.js';
export { runExperiment } from './run-experiment.js';
export { runFlow } from './run-flow.js';
export { doublings, runImagePlan, runImageTraining } from './run-image-training.js';
export * from './kept-records.js';
export { keptTrainingName } from './training-names.js';
export { imageObjective } from './image-checkpoints.js';
export { halvedPhases, imagePlan, type ImagePlan } from './image-plans.js';
export { runStepComparison } from './run-step-comparison.js';
export * from './settings.js';
export { readSweep, runSweep, sweepOf, sweepRowOf } from './sweep/index.js';
