/**
 * What is measured at a point or along a run: margins, alignment, path lengths, KKT residuals, norms,
 * effective degrees.
 * @module
 */
export { kinksNear, shortestSlopes, withSlopes } from './clarke.js';
export * from './active-kkt.js';
export * from './extremal-directions.js';
export { clarkeRates, type ClarkeRate } from './chain-rule.js';
export * from './kkt.js';
export * from './layers.js';
export * from './margin-bounds.js';
export * from './margins.js';
export * from './measurements.js';
export type { Metric } from './metric.js';
export * from './run-metrics.js';
export * from './normalisers.js';
export * from './paths.js';
export * from './radial.js';
export * from './saliency.js';
export * from './snapshot.js';
export * from './plane-scores.js';
export * from './max-margin.js';
export * from './tangent-max-margin.js';
export * from './dual-certificate.js';
export { powerMargin, type PowerMargin } from './power-margin.js';
export { stepThreshold } from './step-threshold.js';
export * from './dual.js';
export * from './linear-layers.js';
