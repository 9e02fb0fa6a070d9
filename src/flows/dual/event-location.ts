import { bracketedRoot } from '../../numerics/roots.js';
import { dot } from '../../numerics/vectors.js';
import type { GradientFlowOptions } from '../flow-options.js';
import { LANDING_TOLERANCE, type Run } from '../run.js';
import type { DualSegment } from './dual-segment.js';
import { pointOf } from './dual-points.js';
import { attemptStep, interpolateStep, nudgeEnd } from './dual-radau.js';
import { stageOf } from './dual-stage.js';
import type { DualState } from './dual-state.js';
import { stepEndAt, type StepEnd } from './step-end.js';

const CORRECTIONS = 3;
/** The polynomial of a step is no better than this, so its root need not be. */
const GUESS_TOLERANCE = 1e-5;
/** A miss of less than this times √tolerance, as a share of the step, is made good along a line. */
const NUDGE = 0.1;

/**
 * The end of the attempted step, or the first target or event before it, with the attempt repeated up to there.
 * Undefined where the shorter step cannot be solved.
 */
export function locateFirst(
  run: Run,
  segment: DualSegment,
  options: GradientFlowOptions,
  end: StepEnd,
): StepEnd | undefined {
  let located: StepEnd | undefined = end;
  const target = options.targets[run.nextTarget];
  if (target !== undefined && end.alpha > target) {
    located = locateTarget(segment.state, target, end);
  }
  for (const event of options.events ?? []) {
    if (located === undefined) return undefined;
    if (run.passed.has(event.name)) continue;
    const value = (at: StepEnd) => event.value(pointOf(run, segment, at, segment.state.stepper.h));
    const before = event.value(run.point);
    const after = value(located);
    if (!(before < 0 && after >= 0)) continue;
    located = locateEvent(segment.state, value, before, after);
  }
  return located;
}

/**
 * Repeats the last attempt up to where α meets the target; undefined where that cannot be solved. The
 * step's polynomial gives a first guess, Newton's method with α′ = β‖v‖² the rest.
 */
function locateTarget(state: DualState, target: number, end: StepEnd): StepEnd | undefined {
  const { stepper, tolerance } = state;
  const { h } = stepper;
  const probe = stageOf(stepper.start.rows, stepper.start.direction.length);
  const at = (x: number) => {
    interpolateStep(stepper, x, probe);
    return stepEndAt(state, probe).alpha - target;
  };
  const size = Math.max(1, Math.abs(target));
  const near = Math.max(LANDING_TOLERANCE, 0.01 * tolerance) * size;
  let shorter =
    h * bracketedRoot(at, 0, state.alpha - target, 1, end.alpha - target, GUESS_TOLERANCE * size).x;
  for (let correction = 0; ; correction++) {
    if (Number.isNaN(attemptStep(stepper, shorter))) return undefined;
    const stepEnd = stepEndAt(state, stepper.stages[2]);
    const off = stepEnd.alpha - target;
    if (Math.abs(off) <= near || correction === CORRECTIONS) return stepEnd;
    const { velocity } = stepper.stages[2];
    const change = -off / (Math.exp(state.degree * stepEnd.logNorm) * dot(velocity, velocity));
    if (Math.abs(change) < NUDGE * Math.sqrt(tolerance) * shorter) {
      nudgeEnd(stepper, change);
      return stepEndAt(state, stepper.stages[2]);
    }
    shorter += change;
  }
}

/** As `locateTarget` for a value that is negative before the step and not after it. */
function locateEvent(
  state: DualState,
  value: (stepEnd: StepEnd) => number,
  before: number,
  after: number,
): StepEnd | undefined {
  const { stepper } = state;
  const { h } = stepper;
  let solved = true;
  const at = (shorter: number) => {
    solved = solved && !Number.isNaN(attemptStep(stepper, shorter));
    // A zero ends the search.
    return solved ? value(stepEndAt(state, stepper.stages[2])) : 0;
  };
  const root = bracketedRoot(at, 0, before, h, after, LANDING_TOLERANCE);
  const step = root.x > 0 ? root.x : h;
  if (!solved || Number.isNaN(attemptStep(stepper, step))) return undefined;
  return stepEndAt(state, stepper.stages[2]);
}
