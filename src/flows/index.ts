/**
 * Gradient flow in direction and log-norm, descent with its step rules, limits and their certificates.
 * @module
 */
export { decadesBeyond } from './beyond.js';
export { exampleNames } from './resting-point.js';
export * from './direct/direction-system.js';
export * from './direct/dormand-prince.js';
export * from './flow-options.js';
export * from './gradient-flow.js';
export * from './direct/radau.js';
export * from './radau-tableau.js';
export * from './stepper.js';
export * from './separability.js';
export * from './trajectory.js';
export * from './kinks/kinks.js';
export * from './limits/certificate.js';
export { deviationAfter, limitDeviations, type Deviation } from './limits/decay.js';
export * from './limits/doubts.js';
export * from './limits/kkt-point.js';
export * from './limits/saddles.js';
export * from './limits/settle.js';
export * from './limits/settle-beyond.js';
export * from './limits/solve-limit.js';
export type { Stability } from './limits/stability.js';
export * from './descent/descent.js';
export * from './descent/step-rules.js';
export type { SlidingKink, SlidingInterval } from './kinks/kink-modes.js';
export * from './spiral/valley.js';
export * from './spiral/follow-spiral.js';
export * from './secant-flow.js';
export { inTurns, unlessAborted, type Turns } from './turns.js';
