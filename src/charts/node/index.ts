export { drawNow } from './draw-now.js';
export { pngNow } from './png-now.js';
export { writeCompanions } from './companions.js';
export { exportFigure, exportFigures, FORMATS, type Format } from './export.js';
export { figuresTex } from './figures-tex.js';
export { lacksFont } from './fonts.js';
