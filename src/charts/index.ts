/**
 * Figures as Vega-Lite and Plotly specifications.
 * @module
 */
export {
  mimeBundle,
  PLOTLY_MIME,
  VEGA_LITE_MIME,
  type Figure,
  type PixelTable,
  type PlotlySpec,
  type RawDisplay,
} from './figure.js';
export { figureText } from './figure-text.js';
export { alphaAxis, type Axis } from './axis.js';
export { lineChart, type Wording } from './line-chart.js';
export type { Plot, ReferenceLine, Series } from './plot.js';
export { bundleChart, type Bundle, type BundlePlot } from './bundle-chart.js';
export { lineChartPanels, type Panel } from './panels.js';
export { composite } from './composite.js';
export { cumulativeMargins, type MarginPanel, type MarginSample } from './margin-curves.js';
export { marginsOfExamples, rowsForExamples, type ExamplePanel } from './example-margins.js';
export { thinned } from './thinned.js';
export { pictureGrid, type GridPicture, type PictureGrid } from './picture-grid.js';
export { predictionSurfaces } from './prediction-surface.js';
export { spherePath, type SpherePath, type Triple } from './path-coordinates.js';
export { directionPath, directionPathFigure, type DirectionPath } from './direction-path.js';
export { directionPathProjected } from './direction-path-projected.js';
export { scalingFigure, type ScalingLaw } from './scaling.js';
export { workPrecisionFigure, type WorkPoint, type WorkSeries } from './work-precision.js';
export { picturedSlope, slidingPicture } from './sliding-picture.js';
export { surfaceSlider, type SliderMoment } from './surface-slider.js';
export { unitArrows, type UnitPanel } from './unit-arrows.js';
export { discPaths, type DiscPath } from './disc-paths.js';
export {
  sheetOf,
  STYLE_NAMES,
  type Sheet,
  type SheetOptions,
  type StyleName,
} from './print/sheet.js';
