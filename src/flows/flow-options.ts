import type { Objective } from '../losses/objective.js';
import { norm } from '../numerics/vectors.js';
import type { Counts } from './stepper.js';
import type { FlowPoint } from './trajectory.js';

/** Something to land on exactly: the first zero crossing, upwards, of `value`. */
export interface FlowEvent {
  readonly name: string;
  value(point: FlowPoint): number;
  /** Ends the run there. Default false. */
  readonly stop?: boolean;
}

export interface GradientFlowOptions {
  /** Largest local error of the direction per step, as a root mean square over its coordinates. */
  readonly tolerance: number;
  /** Values of α to land on, increasing; the run ends at the last. */
  readonly targets: readonly number[];
  readonly events?: readonly FlowEvent[];
  readonly maxSteps: number;
  /**
   * `auto` (default): explicit until it turns stiff, implicit in dual variables from there on; where
   * the network has kinks, implicit from the start. `full-implicit`: implicit from the start with
   * all of w in Newton's method, at a cost that grows like the cube of the number of parameters.
   */
  readonly method?: 'auto' | 'explicit' | 'implicit' | 'full-implicit';
  /**
   * Which points the trajectory keeps: every accepted step, or only the start, targets, events and the
   * end. By default the steps, up to 20,000 parameters.
   */
  readonly keep?: 'steps' | 'marks';
  /** Called after every accepted step. */
  readonly onStep?: (point: FlowPoint, counts: Counts) => void;
  readonly signal?: { readonly aborted: boolean };
}

/** Throws a sentence where θ₀ does not fit the network, is not finite, or has no direction. */
export function requireStart(objective: Objective, theta0: Float64Array): void {
  if (theta0.length !== objective.parameters) {
    const { name, parameters } = objective.network;
    throw new Error(`'${name}' has ${parameters} parameters; θ₀ has ${theta0.length}.`);
  }
  if (!(norm(theta0) > 0) || !theta0.every(Number.isFinite)) {
    throw new Error('θ₀ needs finite numbers that are not all zero.');
  }
}
