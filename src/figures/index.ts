export {
  mimeBundle,
  PLOTLY_MIME,
  show,
  VEGA_LITE_MIME,
  type Figure,
  type PlotlySpec,
  type RawDisplay,
} from './figure.js';
export type { Axis } from './axis.js';
export {
  lineChart,
  type Plot,
  type ReferenceLine,
  type Series,
  type Wording,
} from './line-chart.js';
export { bundleChart, type Bundle, type BundlePlot } from './bundle-chart.js';
export { lineChartPanels, type Panel } from './panels.js';
export { cumulativeMargins, type MarginPanel, type MarginSample } from './margin-curves.js';
export { exampleMargins, type ExamplePanel } from './example-margins.js';
export { predictionSurfaces, type SurfaceMoment } from './prediction-surface.js';
export { spherePath, type SpherePath, type Triple } from './path-coordinates.js';
export { directionPath, directionPathFigure, type DirectionPath } from './direction-path.js';
export { directionPathProjected } from './direction-path-projected.js';
export { convergenceFigures, pathFigures } from './convergence-figures.js';
export { scalingFigure, type Growth } from './scaling.js';
export { workPrecisionFigure, type WorkPoint, type WorkSeries } from './work-precision.js';
export { errorFigure } from './error-figure.js';
export { alignmentFigures } from './alignment-figures.js';
export { lossScaledFigures } from './loss-scaled-figures.js';
export { maximizationFigures } from './maximization-figures.js';
export { reluAlignmentFigures } from './relu-alignment-figures.js';
export { picturedSlope, slidingPicture } from './sliding-picture.js';
export { claimFigures } from './claim-figures.js';
export { toSvg } from './svg.js';
export { exportFigure, exportFigures, type Exported, type ExportOptions } from './export.js';
