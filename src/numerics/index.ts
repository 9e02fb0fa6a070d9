/**
 * Vectors, linear algebra, sums of logarithms, seeded random streams that split, NNLS, roots.
 * @module
 */
export * from './linear-algebra.js';
export type * from './linear-algebra-interface.js';
export * from './plain-linear-algebra.js';
export * from './vectors.js';
export * from './logarithms.js';
export * from './random.js';
export * from './singular-values.js';
export * from './spectral-norm.js';
export * from './spectral-measure.js';
export * from './least-squares.js';
export * from './roots.js';
export * from './nnls.js';
export * from './nnls-gram.js';
export * from './convex-hull.js';
export * from './box-constrained-qp.js';
export * from './linear-program.js';
export * from './leading-singular.js';
