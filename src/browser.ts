/**
 * What a browser gets in the place of index.ts: everything that needs nothing of Node, on plain
 * TypeScript's linear algebra. A folder is added here when a browser can load it.
 */
export * from './numerics/index.js';
export * from './datasets/portable.js';
export * from './networks/index.js';
export * from './losses/index.js';
export * from './flows/index.js';
export * from './metrics/index.js';
export * from './specs/index.js';
export * from './records/index.js';
// Specifications of figures; what draws them to SVG would bring Vega along, which a page has by itself.
export * from './charts/index.js';
export * from './claims/index.js';
export * from './course/index.js';
