/** Everything. What runs in a browser too is in portable.ts; a browser gets that alone. */
export * from './portable.js';
export * from './node/index.js';
