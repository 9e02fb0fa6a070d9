/**
 * Losses carried as α = ℓ⁻¹(𝓛) and dual variables, binary and over pairs of classes, and objectives
 * that join one with a network and data.
 * @module
 */
export * from './loss.js';
export * from './loss-checks.js';
export * from './margins.js';
export * from './objective.js';
export type * from './risk-evaluation.js';
export * from './tail.js';
export { polynomialLoss, squaredHinge, stretchedLoss } from './tails.js';
