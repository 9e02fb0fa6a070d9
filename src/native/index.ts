export * from './find-openblas.js';
export * from './install.js';
export * from './openblas.js';
export * from './self-check.js';
export * from './speed.js';
