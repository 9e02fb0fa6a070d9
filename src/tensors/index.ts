export * from './library.js';
export * from './tensor-engine.js';
