export type * from './batch-engine.js';
export * from './image-network.js';
export type * from './nodes.js';
export * as parts from './parts.js';
export type { Part } from './parts.js';
export * from './shape.js';
export * from './float64/engine.js';
