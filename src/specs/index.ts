/** Descriptions of problems as plain JSON and what builds them; `node/` reads files. */
export * from './spec-types.js';
export { canonicalJson } from './canonical.js';
export { sortedJson } from './sorted-json.js';
export { buildDataset, type BuiltData } from './build-dataset.js';
export { buildNetwork, type DataShape } from './build-network.js';
export { buildProblem, type BuildOptions, type BuiltProblem } from './build-problem.js';
export { buildStart } from './build-start.js';
export * from './known-problems.js';
export { noFiles, type DataReaders } from './readers.js';
