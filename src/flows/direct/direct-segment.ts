import type { SerialObjective } from '../../losses/objective.js';
import { softplus } from '../../numerics/logarithms.js';
import { minimum, norm } from '../../numerics/vectors.js';
import {
  directionSystem,
  logTimeOf,
  stateIndices,
  renormalize,
  type DirectionSystem,
} from './direction-system.js';
import { dormandPrince } from './dormand-prince.js';
import type { FlowStart } from '../flow-options.js';
import type { Quadratures } from '../quadratures.js';
import { radau } from './radau.js';
import type { Counts, Stepper } from '../stepper.js';
import type { FlowPoint } from '../trajectory.js';

/**
 * ζ and u need fewer digits than the direction, since they enter no other equation; and u has fewer,
 * since it moves with α, in which rounding grows like ‖θ‖^L.
 */
const LENGTH_SLACK = 100;
const TIME_SLACK = 1_000;

/** The flow in its plain unknowns y = [w, log ρ, ζ, u]: explicit, or implicit with all of w. */
export interface DirectSegment {
  readonly system: DirectionSystem;
  readonly tolerances: Float64Array;
  readonly y: Float64Array;
  /** Of y. */
  readonly slope: Float64Array;
  readonly logShift: number;
  stepper: Stepper;
  /** Steps in a row that stability limited. */
  stiffSteps: number;
  /** Unknowns at the end of the last attempt: the stepper's buffer. */
  end: Float64Array;
}

/** The segment at a start, explicit or implicit. */
export function directSegment(
  objective: SerialObjective,
  start: FlowStart,
  tolerance: number,
  method: 'explicit' | 'implicit',
  counts: Counts,
  system = directionSystem(objective),
): DirectSegment {
  const n = objective.parameters;
  const at = stateIndices(n);
  const y = new Float64Array(system.size);
  y.set(start.direction);
  y[at.logNorm] = start.logNorm;
  y[at.pathLength] = start.pathLength ?? 0;
  const tolerances = new Float64Array(system.size).fill(tolerance);
  tolerances[at.pathLength] = LENGTH_SLACK * tolerance;
  tolerances[at.time] = TIME_SLACK * tolerance;
  const alpha = objective.alpha(y.slice(0, n), Math.exp(system.degree * y[at.logNorm]));
  const logShift = system.logTimeRate(alpha, y[at.logNorm]);
  // log(t + t₀) = log t₀ − u, with t₀ = dt/dτ here whatever the time is that has passed.
  y[at.time] = -softplus((start.logTime ?? -Infinity) - logShift);
  const slope = new Float64Array(system.size);
  system.field(y, slope);
  const stepper = (method === 'implicit' ? radau : dormandPrince)(system, tolerances, counts);
  return { system, tolerances, y, slope, logShift, stepper, stiffSteps: 0, end: y };
}

/** Goes on implicitly. */
export function makeImplicit(segment: DirectSegment, counts: Counts): void {
  segment.stepper = radau(segment.system, segment.tolerances, counts);
}

/** A first step that the method's error estimate will accept. */
export function firstStep(segment: DirectSegment, tolerance: number): number {
  return (0.1 * tolerance ** 0.2) / Math.max(norm(segment.slope), 1e-12);
}

/** What is integrated beside the state, where the segment is. */
export function quadraturesOf({ system, y }: DirectSegment, clock: number): Quadratures {
  const at = stateIndices(system.objective.parameters);
  return { clock, pathLength: y[at.pathLength], time: y[at.time] };
}

/** The point at unknowns y and clock τ. */
export function pointFrom(segment: DirectSegment, y: Float64Array, tau: number): FlowPoint {
  const { system, logShift } = segment;
  const n = system.objective.parameters;
  const at = stateIndices(n);
  const state = y.slice();
  renormalize(state, n);
  const direction = state.subarray(0, n).slice();
  const logNorm = y[at.logNorm];
  const { alpha, margins } = system.objective.dual(direction, Math.exp(system.degree * logNorm));
  return {
    clock: tau,
    logTime: logTimeOf(system.logTimeRate(alpha, logNorm), y[at.time], logShift),
    logNorm,
    alpha,
    smallestMargin: minimum(margins),
    pathLength: y[at.pathLength],
    direction,
  };
}

/** Angle between θ and the velocity where the segment is: w′ lies across w, and (log ρ)′ along it. */
export function alignmentAngleOf({ system, slope }: DirectSegment): number {
  const at = stateIndices(system.objective.parameters);
  return Math.atan2(slope[at.pathLength], slope[at.logNorm]);
}
