export * from './descent-runs.js';
export * from './flow-runs.js';
export * from './kinked-runs.js';
export * from './problems.js';
export * from './relu-sweep.js';
export * from './settings.js';
export * from './shared-runs.js';
export * from './notebook-settings.js';
