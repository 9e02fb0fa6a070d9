/**
 * Helpers for cells: what values look like, progress, tables, verdicts.
 * @module
 */
export * from './checks.js';
export { displayValue, type DisplayOptions } from './display-value.js';
export { escapeHtml } from '../text/html.js';
export * from './jupyter-display.js';
export * from './lookups.js';
export { mimeBundleOf } from './mime-bundle.js';
export * from './progress.js';
export type { ProgressPlace, ProgressScreen } from './progress-output.js';
export * from './rich.js';
export { show } from './show.js';
export * from './tables.js';
export * from './track.js';
export { verdictTable } from './verdict-table.js';
export { numberText } from './number-text.js';
export { VERDICT_FOLDER, writeVerdict, type VerdictRecord } from './verdict-file.js';
