export * from './lookups.js';
export * from './progress.js';
export * from './tables.js';
