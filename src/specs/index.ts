/** Descriptions of problems as plain JSON and what builds them; `node/` reads files. */
export * from './spec-types.js';
export { canonicalJson, canonicalTraining } from './canonical.js';
export { sortedJson } from './sorted-json.js';
export * from './build.js';
export * from './built.js';
export * from './known-problems.js';
export { noFiles, type DataReaders } from './readers.js';
