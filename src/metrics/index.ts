export * from './kkt.js';
export * from './layers.js';
export * from './margins.js';
export * from './measurements.js';
export * from './paths.js';
export * from './snapshot.js';
