export { drawNow } from './draw-now.js';
export { exportFigure, exportFigures } from './export.js';
export { pngNow } from './png-now.js';
