/**
 * Layers with first and second derivatives, serial composition, networks on images, activations,
 * presets, initialisers, and the degree of homogeneity.
 * @module
 */
export * from './activation-names.js';
export * from './activations.js';
export * from './chunked-evaluator.js';
export * from './degree.js';
export * from './dense.js';
export * from './engine-evaluator.js';
export * from './evaluator.js';
export type * from './evaluator-interface.js';
export * from './initialisers.js';
export type { Block, Layer } from './layer.js';
export type * from './pointwise.js';
export type { PointwiseLoops } from './pointwise-loops.js';
export * from './presets.js';
export * from './serial.js';
export * from './gated.js';
export * from './image/index.js';
export * from './onnx/index.js';
