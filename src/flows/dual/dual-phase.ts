import type { Objective } from '../../losses/objective.js';
import { dot, norm } from '../../numerics/vectors.js';
import { cancellation } from './dual-error.js';
import { landOnAlpha, landOnEvent } from './event-location.js';
import { passengersAfter, pointHere, pointOf, velocityOf } from './dual-points.js';
import { acceptStep } from './dual-prediction.js';
import { attemptStep } from './dual-radau.js';
import {
  dualStateAt,
  goOn,
  landingAt,
  missesPairs,
  moveState,
  rebuild,
  takeInPressing,
  type DualState,
  type Landing,
} from './dual-state.js';
import type { GradientFlowOptions } from '../flow-options.js';
import { kinkModesAt, type KinkModes } from '../kinks/kink-modes.js';
import type { Violation } from './kink-violations.js';
import type { Passengers } from './quadratures.js';
import {
  growth,
  notFinite,
  record,
  shrinkage,
  stepUnderflow,
  type Ending,
  type Run,
} from '../run.js';
import {
  chooseSliding,
  kinksOfStage,
  meetBoundary,
  recordPhases,
  settleModes,
  takeBoundaries,
} from '../kinks/sliding.js';

/** Boundaries met without the clock moving, before the run is given up. */
const MEETINGS_AT_ONCE = 50;
/** The step size is multiplied by at most error^(−1/4): the estimate is of that order. */
const ERROR_ORDER = 4;
/** Where Newton's method fails, steps stay below this share of the failed one, which then recovers. */
const AFTER_FAILURE = 0.5;
const RECOVERY = 1.5;
/** Change of log q that the first step after a boundary is meant for, over the root of that order. */
const RESTART = 4;

/** A change of log q that is as good as none. */
const SLIGHT = 1e-6;

/** The implicit phase of a run, in dual variables. */
export interface DualPhase {
  readonly state: DualState;
  passengers: Passengers;
  /** Steps longer than this are not tried: Newton's method has failed not far above it. */
  longest: number;
}

export function dualPhaseAt(
  run: Run,
  objective: Objective,
  degree: number,
  tolerance: number,
  passengers: Passengers,
  modes = kinkModesAt(objective, run.point.direction),
): DualPhase {
  const { direction, logNorm } = run.point;
  const state = dualStateAt(objective, degree, direction, logNorm, tolerance, run.counts, modes);
  return { state, passengers, longest: Infinity };
}

/** Takes one accepted step of the phase, or says why none can be taken. */
export function advanceDual(
  run: Run,
  phase: DualPhase,
  options: GradientFlowOptions,
): Ending | undefined {
  const { state } = phase;
  const { counts } = run;
  if (!Number.isFinite(norm(state.stepper.start.velocity) + state.alpha)) return notFinite(run);
  let rejected = false;
  let meetings = 0;
  for (;;) {
    const underflow = stepUnderflow(run, !movesDuals(state, run.step));
    if (underflow) return underflow;
    const h = run.step;
    const { stepper } = state;
    const error = attemptStep(stepper, h);
    if (!(error <= 1)) {
      counts.rejected++;
      rejected = true;
      run.step = h * shrinkage(error, ERROR_ORDER);
      if (Number.isNaN(error)) phase.longest = AFTER_FAILURE * h;
      continue;
    }
    let landing = landingAt(state, stepper.stages[2]);
    if (!Number.isFinite(landing.alpha) || missesPairs(state, landing)) {
      counts.rejected++;
      rejected = true;
      run.step = h / 2;
      continue;
    }
    let next = h * growth(error, ERROR_ORDER, rejected);
    let met: readonly Violation[] = [];
    if (state.modes) {
      const meeting = meetBoundary(state, state.modes);
      if (meeting?.h === 0) {
        if (++meetings > MEETINGS_AT_ONCE) return stepUnderflow({ ...run, step: 0 });
        turnAtOnce(state, state.modes, meeting.met);
        // A unit may rise from its kink and come back within the step, which a shorter one tells.
        if (meetings > 1) run.step = h / 4;
        continue;
      }
      if (meeting && Number.isNaN(meeting.h)) {
        run.step = h / 4;
        continue;
      }
      if (meeting) {
        met = meeting.met;
        next = h;
        landing = landingAt(state, stepper.stages[2]);
      }
    }
    const landed = landOn(run, phase, options, landing);
    if (landed === undefined) {
      counts.rejected++;
      run.step = h / 2;
      continue;
    }
    if (landed !== landing) met = [];
    commit(run, phase, options, landed, met);
    if (met.length > 0) next = Math.min(next, restartStep(state));
    phase.longest *= RECOVERY;
    run.step = Math.min(next, phase.longest);
    return undefined;
  }
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

/**
 * The landing itself, or the first target or event before it, with the attempt repeated up to there.
 * Undefined where the shorter step cannot be solved.
 */
function landOn(
  run: Run,
  phase: DualPhase,
  options: GradientFlowOptions,
  landing: Landing,
): Landing | undefined {
  let landed: Landing | undefined = landing;
  const target = options.targets[run.nextTarget];
  if (target !== undefined && landing.alpha > target)
    landed = landOnAlpha(phase.state, target, landing);
  for (const event of options.events ?? []) {
    if (landed === undefined) return undefined;
    if (run.passed.has(event.name)) continue;
    const value = (at: Landing) => event.value(pointOf(run, phase, at, phase.state.stepper.h));
    const before = event.value(run.point);
    const after = value(landed);
    if (!(before < 0 && after >= 0)) continue;
    landed = landOnEvent(phase.state, value, before, after);
  }
  return landed;
}

function commit(
  run: Run,
  phase: DualPhase,
  options: GradientFlowOptions,
  landing: Landing,
  met: readonly Violation[],
): void {
  const { state } = phase;
  const { modes, stepper } = state;
  phase.passengers = passengersAfter(phase, stepper.h);
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
  let changed = moveState(state, landing, end.lambda.slice());
  if (modes) {
    dropLost(state, modes);
    changed ||= modes.sliding !== before;
  }
  if (changed) rebuild(state, landing.direction, met.length === 0);
  else goOn(state, landing.direction);
  if (state.leads && takeInPressing(state, state.stepper.start.direction)) {
    rebuild(state, landing.direction, met.length === 0);
  }
  if (modes && met.length > 0) {
    chooseSliding(state, modes, state.stepper.start.direction.slice());
    recordPhases(modes, before, state.alpha);
  }
  const velocity = known ?? velocityOf(state.stepper.start, state.pairs);
  record(run, { ...pointHere(run, phase, landing), ...velocity }, options);
}

/** Takes boundaries that are met at the start of a step, without a step. */
function turnAtOnce(state: DualState, modes: KinkModes, met: readonly Violation[]): void {
  const { start } = state.stepper;
  const before = modes.sliding;
  takeBoundaries(modes, met, kinksOfStage(state, modes, start));
  rebuild(state, start.direction.slice());
  chooseSliding(state, modes, state.stepper.start.direction.slice());
  recordPhases(modes, before, state.alpha);
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
  recordPhases(modes, before, state.alpha);
}
