import type { Objective } from '../losses/objective.js';
import { norm } from '../numerics/vectors.js';
import type { Counts } from './stepper.js';
import type { Turns } from './turns.js';
import type { FlowPoint } from './trajectory.js';

/** Something to land on exactly: the first zero crossing, upwards, of `value`. */
export interface FlowEvent {
  readonly name: string;
  value(point: FlowPoint): number;
  /** Ends the run there. Default false. */
  readonly stop?: boolean;
}

/** How accurately a flow is followed, how far, by which method, and what is marked on the way. */
export interface GradientFlowOptions {
  /** Largest local error of the direction per step, as a root mean square over its coordinates. */
  readonly tolerance: number;
  /** Values of α to land on, increasing; the run ends at the last. */
  readonly targets: readonly number[];
  readonly events?: readonly FlowEvent[];
  readonly maxSteps: number;
  /**
   * Asked when the last target is reached, with the points at all targets met so far: a further value
   * of α to go on to, or undefined to end; at once, or in turns, between which the signal is heeded. The run
   * goes on for at most 500 steps more, or as many as it had taken; whatever ends it there, it has `finished`.
   */
  readonly further?: (
    points: readonly FlowPoint[],
  ) => number | undefined | Turns<number | undefined>;
  /**
   * `auto` (default): explicit until it turns stiff, implicit in dual variables from there on; both end
   * their steps at kinks, and follow them. `full-implicit`: implicit from the start with all of w in
   * Newton's method and no eye for kinks (ramps in their place will do), at a cost that grows like the
   * cube of the number of parameters.
   */
  readonly method?: 'auto' | 'explicit' | 'implicit' | 'full-implicit';
  /**
   * Which points the trajectory keeps: every accepted step, or only the start, targets, events and the
   * end. By default the steps, up to 20,000 parameters.
   */
  readonly keep?: 'steps' | 'marks';
  /** Goes on where α has stopped rising, in place of ending there as `stalled`. Default false. */
  readonly goOnAtRest?: boolean;
  /** Called after every accepted step. */
  readonly onStep?: (point: FlowPoint, counts: Counts) => void;
  readonly signal?: { readonly aborted: boolean };
}

/**
 * A start as a direction and a log-norm, where θ₀ itself may be too large a number; a point of a run is
 * one, so that another run can go on from it. Rounding of the direction is in the margins ‖θ‖^L times
 * as much: without `duals` the logarithms of the dual variables begin with errors of about α·10⁻¹⁵. The flow
 * levels them out at once; up to α = 10¹⁴ two problems came to the same directions to 10⁻¹⁰. Later it
 * cannot.
 */
export interface FlowStart {
  /** w; need not have unit norm. */
  readonly direction: Float64Array;
  readonly logNorm: number;
  /** log of the time so far; −∞ if left out. */
  readonly logTime?: number;
  /** Length swept by θ/‖θ‖ so far; 0 if left out. */
  readonly pathLength?: number;
  /** Kinks that the flow slides along there. */
  readonly kinks?: readonly { readonly example: number; readonly unit: number }[];
  /** Dual variables of the pairs that take part, where they are known: a late run goes on from these. */
  readonly duals?: FlowPoint['duals'];
}

/** Throws a sentence where numbers do not fit the network, are not finite, or have no direction. */
export function requireStart(objective: Objective, numbers: Float64Array, name = 'θ₀'): void {
  if (numbers.length !== objective.parameters) {
    const { network, parameters } = objective;
    throw new Error(
      `'${network.name}' has ${parameters} parameters; ${name} has ${numbers.length}.`,
    );
  }
  if (!(norm(numbers) > 0) || !numbers.every(Number.isFinite)) {
    throw new Error(`${name} needs finite numbers that are not all zero.`);
  }
}

/**
 * θ₀ or another start, as a start of unit norm. Throws a sentence where numbers do not fit the network, are
 * not finite or all zero, or the log-norm is not finite.
 */
export function startFrom(objective: Objective, start: Float64Array | FlowStart): FlowStart {
  const unit = (numbers: Float64Array, length: number) => numbers.map((value) => value / length);
  if (start instanceof Float64Array) {
    requireStart(objective, start);
    const length = norm(start);
    return { direction: unit(start, length), logNorm: Math.log(length) };
  }
  requireStart(objective, start.direction, "The start's direction");
  if (!Number.isFinite(start.logNorm)) {
    throw new Error(`The start's log-norm is a finite number; got ${start.logNorm}.`);
  }
  return { ...start, direction: unit(start.direction, norm(start.direction)) };
}
