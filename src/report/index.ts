/**
 * The page of all verdicts: a function of results and records.
 * @module
 */
export { reportedFigure, type ReportedFigure } from './figures.js';
export { reportPage } from './page.js';
export type { Report, ReportedClaim, ReportedRecord, Runtime } from './report.js';
export type { JudgedClaim, Provenance, Results, Timings } from './results.js';
