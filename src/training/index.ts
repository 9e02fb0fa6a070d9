/**
 * Image networks trained far past the fit: by mini-batches, by full-batch and by implicit steps, resumable
 * to the same bytes. In a browser import the single files: only those of run folders need Node.
 * @module
 */
export { learningRate, type Schedule } from './schedule.js';
export type { DescentPhase, ImplicitPhase, Phase, SgdPhase } from './phases.js';
export type { TrainingProblem } from './problem.js';
export type { TrainingProgress } from './progress.js';
export { rowColumns, type Keeping, type TrainingRow } from './rows.js';
export type { Ending, TrainingState } from './state.js';
export { memoryStore, type RunIdentity, type SavedRun, type TrainingStore } from './store.js';
export { train, type TrainingOptions, type TrainingResult } from './train.js';
export { batchesPerEpoch, epochOrder, miniBatch } from './mini-batches.js';
export { pooledStatistics } from './pooled-statistics.js';
export { folderStore, readRun, type StoredRun } from './run-folder.js';
export type { Fingerprint } from './fingerprint.js';
export { weightArrays } from './weights.js';
