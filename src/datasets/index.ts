/**
 * Data as rows and labels: planar sets, closed-form cases, readers of IDX, CSV, CIFAR-10 and NumPy's
 * `.npz`, the committed Fashion-MNIST subset. What runs in a browser too is in portable.ts; a browser
 * gets that alone.
 * @module
 */
export * from './portable.js';
export * from './node/index.js';
