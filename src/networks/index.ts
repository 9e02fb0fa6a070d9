export * from './activations.js';
export * from './degree.js';
export * from './dense.js';
export * from './evaluator.js';
export * from './initialisers.js';
export type { Block, Layer } from './layer.js';
export type { PointwiseLoops } from './pointwise-loops.js';
export * from './presets.js';
export * from './serial.js';
