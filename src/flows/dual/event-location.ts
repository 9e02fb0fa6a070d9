import { bracketedRoot } from '../../numerics/roots.js';
import { dot } from '../../numerics/vectors.js';
import { attemptStep, interpolateStep, nudgeEnd } from './dual-radau.js';
import { stageOf } from './dual-stage.js';
import { landingAt, type DualState, type Landing } from './dual-state.js';
import { LANDING_TOLERANCE } from '../run.js';

const LANDING_CORRECTIONS = 3;
/** The polynomial of a step is no better than this, so its root need not be. */
const GUESS_TOLERANCE = 1e-5;
/** A miss of less than this times √tolerance, as a share of the step, is made good along a line. */
const NUDGE = 0.1;

/**
 * Repeats the last attempt up to where α meets the target; undefined where that cannot be solved. The
 * step's polynomial gives a first guess, Newton's method with α′ = β‖v‖² the rest.
 */
export function landOnAlpha(state: DualState, target: number, end: Landing): Landing | undefined {
  const { stepper, tolerance } = state;
  const { h } = stepper;
  const probe = stageOf(stepper.start.rows, stepper.start.direction.length);
  const at = (x: number) => {
    interpolateStep(stepper, x, probe);
    return landingAt(state, probe).alpha - target;
  };
  const size = Math.max(1, Math.abs(target));
  const near = Math.max(LANDING_TOLERANCE, 0.01 * tolerance) * size;
  let shorter =
    h * bracketedRoot(at, 0, state.alpha - target, 1, end.alpha - target, GUESS_TOLERANCE * size).x;
  for (let correction = 0; ; correction++) {
    if (Number.isNaN(attemptStep(stepper, shorter))) return undefined;
    const landing = landingAt(state, stepper.stages[2]);
    const off = landing.alpha - target;
    if (Math.abs(off) <= near || correction === LANDING_CORRECTIONS) return landing;
    const { velocity } = stepper.stages[2];
    const change = -off / (Math.exp(state.degree * landing.logNorm) * dot(velocity, velocity));
    if (Math.abs(change) < NUDGE * Math.sqrt(tolerance) * shorter) {
      nudgeEnd(stepper, change);
      return landingAt(state, stepper.stages[2]);
    }
    shorter += change;
  }
}

/** As `landOnAlpha` for a value that is negative before the step and not after it. */
export function landOnEvent(
  state: DualState,
  value: (landing: Landing) => number,
  before: number,
  after: number,
): Landing | undefined {
  const { stepper } = state;
  const { h } = stepper;
  let solved = true;
  const at = (shorter: number) => {
    solved = solved && !Number.isNaN(attemptStep(stepper, shorter));
    // A zero ends the search.
    return solved ? value(landingAt(state, stepper.stages[2])) : 0;
  };
  const root = bracketedRoot(at, 0, before, h, after, LANDING_TOLERANCE);
  const step = root.x > 0 ? root.x : h;
  if (!solved || Number.isNaN(attemptStep(stepper, step))) return undefined;
  return landingAt(state, stepper.stages[2]);
}
