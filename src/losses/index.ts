export * from './loss.js';
export * from './margins.js';
export * from './objective.js';
export type * from './risk-evaluation.js';
export * from './tail.js';
