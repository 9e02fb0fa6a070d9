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
export * from './experiments/index.js';
export * from './claims/index.js';
export {
  bundleChart,
  claimFigures,
  cumulativeMargins,
  directionPath,
  directionPathFigure,
  directionPathProjected,
  exportFigure,
  exportFigures,
  lineChart,
  lineChartPanels,
  mimeBundle,
  pathFigures,
  picturedSlope,
  predictionSurfaces,
  show,
  slidingPicture,
  type Axis,
  type Bundle,
  type BundlePlot,
  type Figure,
  type Plot,
  type Series,
  type SurfaceMoment,
  type Wording,
} from './figures/index.js';
export * from './notebook/index.js';
