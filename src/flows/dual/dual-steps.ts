import { dot, norm } from '../../numerics/vectors.js';
import type { GradientFlowOptions } from '../flow-options.js';
import type { Violation } from '../kinks/boundary.js';
import type { KinkModes } from '../kinks/kink-modes.js';
import { recordSliding, takeBoundaries } from '../kinks/sliding.js';
import { acceptPoint, stepGrowth, type Ending, type Run } from '../run.js';
import { takeStep, type StepMethod } from '../step-controller.js';
import { cancellation } from './dual-error.js';
import { chooseSliding, kinksOfStage, meetBoundary, settleModes } from './dual-kinks.js';
import type { DualSegment } from './dual-segment.js';
import { pointHere, quadraturesAfter, velocityOf } from './dual-points.js';
import { acceptStep } from './dual-prediction.js';
import { attemptStep } from './dual-radau.js';
import { goOn, rebuild, takeInPressing, type DualState } from './dual-state.js';
import { missesPairs, moveState, stepEndAt, type StepEnd } from './step-end.js';
import { locateFirst } from './event-location.js';

/** The step size is multiplied by at most error^(−1/4): the estimate is of that order. */
const ERROR_ORDER = 4;
/** Where Newton's method fails, steps stay below this share of the failed one, which then recovers. */
const AFTER_FAILURE = 0.5;
const RECOVERY = 1.5;
/** Change of log q that the first step after a boundary is meant for, over the root of that order. */
const RESTART = 4;

/** A change of log q that is as good as none. */
const SLIGHT = 1e-6;

const dualSteps: StepMethod<DualSegment, StepEnd> = {
  cautious: false,
  nextFactor: stepGrowth,
  errorOrder: () => ERROR_ORDER,
  isFinite: ({ state }) => Number.isFinite(norm(state.stepper.start.velocity) + state.alpha),
  needsClock: ({ state }, h) => !movesDuals(state, h),
  attempt: ({ state }, h) => attemptStep(state.stepper, h),
  afterRejection(_run, segment, h, error) {
    if (Number.isNaN(error)) segment.longest = AFTER_FAILURE * h;
  },
  fits(segment) {
    const { state } = segment;
    segment.end = stepEndAt(state, state.stepper.stages[2]);
    return Number.isFinite(segment.end.alpha) && !missesPairs(state, segment.end);
  },
  boundaries: {
    meet(segment) {
      const { state } = segment;
      if (!state.modes) return undefined;
      const meeting = meetBoundary(state, state.modes);
      if (meeting && meeting.h > 0) segment.end = stepEndAt(state, state.stepper.stages[2]);
      return meeting;
    },
    turn(_run, { state }, met) {
      turnAtOnce(state, state.modes!, met);
    },
  },
  locate: (run, segment, options) => locateFirst(run, segment, options, segment.end!),
  accept(run, segment, options, { located, meeting }) {
    const met = meeting && located === segment.end ? meeting.met : [];
    commit(run, segment, options, located, met);
    if (met.length > 0) run.step = Math.min(run.step, restartStep(segment.state));
    segment.longest *= RECOVERY;
    run.step = Math.min(run.step, segment.longest);
  },
};

/** Takes one accepted step of the segment, or says why none can be taken. */
export function advanceDual(
  run: Run,
  segment: DualSegment,
  options: GradientFlowOptions,
): Ending | undefined {
  return takeStep(dualSteps, run, segment, options);
}

/**
 * Whether dual variables may change in a step: behind a kink they answer within 1/(β ‖v‖²), which late is
 * less than the clock can tell.
 */
function movesDuals({ stepper }: DualState, h: number): boolean {
  const { velocity } = stepper.start;
  return h * stepper.step.beta * dot(velocity, velocity) > SLIGHT;
}

/**
 * A first step after the velocity has jumped: the dual variables answer within 1/β, and a step that
 * is much longer would only be tried in vain.
 */
function restartStep({ stepper, tolerance }: DualState): number {
  const { q, slope } = stepper.start;
  let fastest = 0;
  for (let r = 0; r < q.length; r++) {
    if (q[r] > 1e-3) fastest = Math.max(fastest, Math.abs(slope[r]));
  }
  return (RESTART * tolerance ** (1 / ERROR_ORDER)) / fastest;
}

function commit(
  run: Run,
  segment: DualSegment,
  options: GradientFlowOptions,
  stepEnd: StepEnd,
  met: readonly Violation[],
): void {
  const { state } = segment;
  const { modes, stepper } = state;
  segment.quadratures = quadraturesAfter(segment, stepper.h);
  acceptStep(stepper);
  const end = stepper.stages[2];
  // Where gradients cancel, the end of a step knows its velocity better than the start of the next one,
  // where λ may be taken from margins; but on boundaries the velocity jumps.
  const known = !modes && cancellation(stepper) > 1 ? velocityOf(end, state.pairs) : undefined;
  const before = modes?.sliding ?? [];
  if (modes) {
    settleModes(state, modes, met);
    if (met.length > 0) takeBoundaries(modes, met, kinksOfStage(state, modes, end));
  }
  let changed = moveState(state, stepEnd, end.lambda.slice());
  if (modes) {
    dropLost(state, modes);
    changed ||= modes.sliding !== before;
  }
  if (changed) rebuild(state, stepEnd.direction, met.length === 0);
  else goOn(state, stepEnd.direction);
  if (state.leads && takeInPressing(state, state.stepper.start.direction)) {
    rebuild(state, stepEnd.direction, met.length === 0);
  }
  if (modes && met.length > 0) {
    chooseSliding(state, modes, state.stepper.start.direction.slice());
    recordSliding(modes, before, state.alpha);
  }
  const velocity = known ?? velocityOf(state.stepper.start, state.pairs);
  acceptPoint(run, { ...pointHere(run, segment, stepEnd), ...velocity }, options);
}

/** Takes boundaries that are met at the start of a step, without a step. */
function turnAtOnce(state: DualState, modes: KinkModes, met: readonly Violation[]): void {
  const { start } = state.stepper;
  const before = modes.sliding;
  takeBoundaries(modes, met, kinksOfStage(state, modes, start));
  rebuild(state, start.direction.slice());
  chooseSliding(state, modes, state.stepper.start.direction.slice());
  recordSliding(modes, before, state.alpha);
}

/** Kinks of examples that are no longer active stop sliding. */
function dropLost(state: DualState, modes: KinkModes): void {
  if (modes.sliding.length === 0) return;
  const { objective, pairs } = state;
  const active = new Set(pairs.map((pair) => Math.floor(pair / objective.pairs)));
  const before = modes.sliding;
  const staying = before.filter(({ example }) => active.has(example));
  if (staying.length === before.length) return;
  modes.sliding = staying;
  recordSliding(modes, before, state.alpha);
}
