/**
 * What Node imports as `afterfit`: everything in the other modules, and the files that they read and write.
 * @module afterfit
 */
import { installNativeLinearAlgebra } from './native/index.js';

// Everything below runs on plain TypeScript too; where OpenBLAS is found, large sizes use it.
installNativeLinearAlgebra();

export * from './numerics/index.js';
export * from './datasets/index.js';
export * from './networks/index.js';
export * from './losses/index.js';
export * from './flows/index.js';
export * from './metrics/index.js';
export * from './tensors/index.js';
export * from './training/index.js';
export * from './specs/index.js';
export { nodeReaders } from './specs/node/readers.js';
export * from './records/index.js';
export { readRecord, type KeptRecord } from './records/node/index.js';
export * from './claims/index.js';
export * from './experiments/index.js';
export * from './course/index.js';
export * from './charts/index.js';
export { toSvg } from './charts/svg.js';
export { exportFigure, exportFigures } from './charts/node/index.js';
export * from './notebook/index.js';
