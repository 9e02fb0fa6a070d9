export { exportFigure, exportFigures } from './export.js';
