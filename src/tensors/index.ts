/**
 * Networks of images in float32 on TensorFlow, which is loaded at its first use.
 * @module
 */
export * from './library.js';
export * from './tensor-engine.js';
