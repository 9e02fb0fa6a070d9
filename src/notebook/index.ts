export * from './lookups.js';
export { mimeBundleOf } from './mime-bundle.js';
export * from './progress.js';
export * from './rich.js';
export * from './tables.js';
