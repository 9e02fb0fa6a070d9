export { drawNow } from './draw-now.js';
export { pngNow } from './png-now.js';
export { writeCompanions } from './companions.js';
export {
  exportFigure,
  exportFigures,
  FORMATS,
  type Exported,
  type ExportOptions,
  type Format,
} from './export.js';
export { figuresTex, type IncludedFigure } from './figures-tex.js';
