import type { SlidingInterval } from './kinks/kink-modes.js';
import type { Counts } from './stepper.js';

/** One point of a run. For descent `logTime` is the logarithm of the sum of step sizes. */
export interface FlowPoint {
  /** Clock of the run: τ for the flow, the number of steps for descent. */
  readonly clock: number;
  /** log t since the start; −∞ at the start. */
  readonly logTime: number;
  /** log ‖θ‖. */
  readonly logNorm: number;
  /** ℓ⁻¹ of the summed risk. */
  readonly alpha: number;
  /** Smallest margin at ‖θ‖ = 1: min pᵢ(w). */
  readonly smallestMargin: number;
  /** Length of the path swept by θ/‖θ‖ since the start. */
  readonly pathLength: number;
  /** θ/‖θ‖, a copy. */
  readonly direction: Float64Array;
  /**
   * Angle between θ and the velocity in radians, as the run knows it: better than a gradient taken at
   * the point does, which on a kink is no single vector, and which late or with large inputs is lost in
   * the rounding of the margins. Undefined for descent.
   */
  readonly alignmentAngle?: number;
  /** Kinks that the flow slides along at this point; undefined for a network without. */
  readonly kinks?: readonly PointKink[];
  /** The run's own dual variables, where it carries them. */
  readonly duals?: PointDuals;
}

/**
 * Dual variables q = ∂α/∂(scaled margins) as the run itself carries them: late, when ‖θ‖^L is large,
 * the rounded margins at the point tell them less well or not at all.
 */
export interface PointDuals {
  /** The pairs that take part, as indices into the objective's margins, increasing. */
  readonly pairs: readonly number[];
  /** One number for each of them; those of all other pairs are negligible. */
  readonly q: Float64Array;
}

/** A training example on the kink of a unit, with the slope in the Clarke subdifferential in use. */
export interface PointKink {
  readonly example: number;
  readonly unit: number;
  readonly slope: number;
}

/**
 * Why a run ended: `finished` (the last target was reached), `event` (a stopping event), `max-steps`,
 * `stalled` (α stopped rising), `step-underflow` (the step size fell below the spacing of floating-point
 * numbers), `not-finite`, `interrupted` (the caller's signal).
 */
export type FlowStatus =
  'finished' | 'event' | 'max-steps' | 'stalled' | 'step-underflow' | 'not-finite' | 'interrupted';

/** A point at which something happened: a target of α reached, an event, a change of method. */
export interface Mark {
  readonly name: string;
  readonly point: FlowPoint;
}

/** A finished run, as columns: row k of every column belongs to the k-th saved point. */
export interface Trajectory {
  readonly clock: Float64Array;
  readonly logTime: Float64Array;
  readonly logNorm: Float64Array;
  readonly alpha: Float64Array;
  readonly smallestMargin: Float64Array;
  readonly pathLength: Float64Array;
  /** Radians; NaN where the run left it to the gradient (see `FlowPoint`). */
  readonly alignmentAngle: Float64Array;
  /** rows × parameters, row-major. */
  readonly directions: Float64Array;
  readonly parameters: number;
}

/** What a run returns. */
export interface FlowResult {
  readonly status: FlowStatus;
  /** One sentence saying how the run ended. */
  readonly message: string;
  readonly counts: Counts;
  readonly trajectory: Trajectory;
  /** Targets and events, in order. */
  readonly marks: readonly Mark[];
  readonly last: FlowPoint;
  /** Stretches in which an example stayed on the kink of a unit, in the order of their beginning. */
  readonly slides?: readonly SlidingInterval[];
}

/**
 * Puts points into columns of points.length numbers; directions are copied, one row for each point. All
 * points have directions of one length.
 */
export function trajectoryOf(points: readonly FlowPoint[]): Trajectory {
  const parameters = points.length === 0 ? 0 : points[0].direction.length;
  const directions = new Float64Array(points.length * parameters);
  points.forEach((point, k) => directions.set(point.direction, k * parameters));
  const column = (of: (point: FlowPoint) => number) => Float64Array.from(points, of);
  return {
    clock: column((point) => point.clock),
    logTime: column((point) => point.logTime),
    logNorm: column((point) => point.logNorm),
    alpha: column((point) => point.alpha),
    smallestMargin: column((point) => point.smallestMargin),
    pathLength: column((point) => point.pathLength),
    alignmentAngle: column((point) => point.alignmentAngle ?? NaN),
    directions,
    parameters,
  };
}

/** The saved points of a trajectory, in order, as `pointAt` gives them. */
export function pointsOf(trajectory: Trajectory): FlowPoint[] {
  return Array.from({ length: trajectory.alpha.length }, (_, k) => pointAt(trajectory, k));
}

/** The weights ‖θ‖·w of a point, which a late one need not have in double precision: ∞ from log ‖θ‖ = 710 on. */
export function parametersAt({
  direction,
  logNorm,
}: Pick<FlowPoint, 'direction' | 'logNorm'>): Float64Array {
  const length = Math.exp(logNorm);
  return direction.map((value) => length * value);
}

/**
 * Row k, from 0, as a point; its direction is a view on the trajectory. The dual variables and kinks of the
 * run are not in a trajectory.
 */
export function pointAt(trajectory: Trajectory, k: number): FlowPoint {
  const { parameters, directions } = trajectory;
  const alignmentAngle = trajectory.alignmentAngle[k];
  return {
    clock: trajectory.clock[k],
    logTime: trajectory.logTime[k],
    logNorm: trajectory.logNorm[k],
    alpha: trajectory.alpha[k],
    smallestMargin: trajectory.smallestMargin[k],
    pathLength: trajectory.pathLength[k],
    direction: directions.subarray(k * parameters, (k + 1) * parameters),
    ...(Number.isNaN(alignmentAngle) ? {} : { alignmentAngle }),
  };
}
