export * from './activations.js';
export * from './degree.js';
export * from './dense.js';
export * from './evaluator.js';
export * from './initialisers.js';
export type { Block, Layer } from './layer.js';
export * from './presets.js';
export * from './serial.js';
export * from './gated.js';
