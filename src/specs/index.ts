/**
 * Descriptions of problems, trainings and experiments as plain JSON, what checks and what builds them;
 * `node/` reads files.
 * @module
 */
export * from './spec-types.js';
export { canonicalJson, canonicalTraining } from './canonical.js';
export { sortedJson } from './sorted-json.js';
export * from './build.js';
export * from './built.js';
export * from './known-problems.js';
export { noFiles, type DataReaders } from './readers.js';
export * from './experiment.js';
export { imagesOfEachClass, isOnImages, type ImageExperiment } from './image-experiments.js';
export { experimentKey } from './experiment-key.js';
export * from './plan.js';
export * from './scale.js';
export * from './sweep.js';
export { sweepWith } from './sweep-part.js';
export { sweepRuns, type NamedSweepRun } from './sweep-runs.js';
