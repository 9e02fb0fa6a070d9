export { kinksNear, shortestSlopes, withSlopes, type KinkPlace } from './clarke.js';
export * from './kkt.js';
export * from './layers.js';
export * from './margins.js';
export * from './measurements.js';
export * from './paths.js';
export * from './snapshot.js';
