/** Sweeps: many experiments from one description, in batches, and one table of what they say. */
export { gatherSweep, sweepFile } from './gather.js';
export { sweepOf } from './described.js';
export { readSweep } from './results.js';
export { runBatch, sweepRowOf } from './run-batch.js';
export { runSweep } from './run-sweep.js';
export { PARTS, planSweep, writeBatches, type SweepPlan } from './sweep-plan.js';
