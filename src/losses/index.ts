export * from './loss.js';
export * from './loss-checks.js';
export * from './margins.js';
export * from './objective.js';
export * from './tail.js';
