import { dot, norm } from '../../numerics/vectors.js';
import { timesDualDerivative } from './dual-law.js';
import type { NewtonMatrices } from './dual-newton.js';
import { solveReal } from './newton-step.js';
import type { DualRadau } from './dual-attempt.js';
import type { DualStage } from './dual-stage.js';
import { radauTableau } from '../radau-tableau.js';

/**
 * Whatever β is, λ may not err by more. From where errors of w would make it, λ is no longer taken
 * from the margins at w: w follows λ.
 */
export const LARGEST_LAMBDA_ERROR = 1e-2;
/** log ‖θ‖ needs fewer digits than the direction. */
const LOG_NORM_SLACK = 10;

/** (γ/h − J)⁻¹ (f + Σ eᵢ zᵢ / h) over the tolerances, as in RADAU5, with the slopes of `at`. */
export function localError(stepper: DualRadau, at: DualStage): number {
  const { system, step, start, stages, matrices, increments, estimate, h } = stepper;
  const [e0, e1, e2] = radauTableau.error.map((e) => e / h);
  const { direction, unknowns, pull, weights } = estimate;
  const { tolerance } = system;
  const { margins } = start.rows;
  const [p, q, r] = increments.unknowns;
  for (let i = 0; i < unknowns.length; i++) {
    unknowns[i] = i < margins ? at.slope[i] + e0 * p[i] + e1 * q[i] + e2 * r[i] : 0;
  }
  solveReal(matrices, unknowns, h);
  weights.set(unknowns);
  timesDualDerivative(step.law, start.q, weights, 0);
  start.rows.pullback(weights, pull);
  const along = dot(start.direction, pull);
  const gamma = radauTableau.real / h;
  const [a, b, c] = increments.direction;
  let squares = 0;
  for (let i = 0; i < direction.length; i++) {
    const drift =
      e0 * a[i] + e1 * b[i] + e2 * c[i] - at.radial * at.direction[i] - along * start.direction[i];
    direction[i] = (at.velocity[i] + drift + pull[i]) / gamma;
    squares += direction[i] ** 2;
  }
  const [g0, g1, g2] = stages.map(({ logNormChange }) => logNormChange);
  const logNormChange = (at.radial + along + e0 * g0 + e1 * g1 + e2 * g2) / gamma;
  const own = cancellation(stepper);
  const lambdaTolerance = Math.min(LARGEST_LAMBDA_ERROR, amplifiedError(stepper)) / own;
  let dual = 0;
  for (let i = 0; i < margins; i++) dual += (start.q[i] * unknowns[i]) ** 2;
  return Math.max(
    Math.sqrt(squares / direction.length) / tolerance,
    Math.sqrt(dual / margins) / lambdaTolerance,
    Math.abs(logNormChange) / (LOG_NORM_SLACK * tolerance),
  );
}

/**
 * What an error of w within tolerance does to the scaled margins, and so to λ: the tolerance is a root
 * mean square over the parameters, the gradients' size one over the pairs, weighted with q.
 */
export function amplifiedError({ system, start, matrices, step }: DualRadau): number {
  const error = system.tolerance * Math.sqrt(system.parameters) * gradientSize(start, matrices);
  return Math.max(system.tolerance, step.beta * error);
}

/** Gradients this many times longer than the velocity that they add up to cost no digits that matter. */
const USUAL_CANCELLATION = 1000;

/**
 * How many times more than usual the gradients cancel in v = Σ q ∇p, as those of inputs far from zero
 * do: errors of λ matter by that much more to it.
 */
export function cancellation({ start, matrices }: DualRadau): number {
  const length = norm(start.velocity);
  return length > 0
    ? Math.max(1, gradientSize(start, matrices) / (USUAL_CANCELLATION * length))
    : 1;
}

/** Root mean square of ‖∇p‖ over the pairs, weighted with q. */
function gradientSize({ q }: DualStage, { squares }: NewtonMatrices): number {
  let sum = 0;
  for (let i = 0; i < q.length; i++) sum += q[i] * squares[i];
  return Math.sqrt(sum);
}
