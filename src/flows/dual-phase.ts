import type { Objective } from '../losses/objective.js';
import { minimum, norm } from '../numerics/vectors.js';
import { logTimeOf } from './direction-system.js';
import { landOnAlpha, landOnEvent } from './dual-landing.js';
import { acceptStep } from './dual-prediction.js';
import { attemptStep } from './dual-radau.js';
import {
  dualStateAt,
  goOn,
  landingAt,
  missesPairs,
  moveState,
  rebuild,
  type DualState,
  type Landing,
} from './dual-state.js';
import type { GradientFlowOptions } from './flow-options.js';
import { kinkStrength, type KinkModes, type Violation } from './kink-modes.js';
import { carryPassengers, type Passengers } from './passengers.js';
import {
  growth,
  notFinite,
  record,
  shrinkage,
  stepUnderflow,
  type Ending,
  type Run,
} from './run.js';
import {
  chooseSliding,
  meetBoundary,
  recordPhases,
  settleModes,
  takeBoundaries,
} from './sliding.js';
import type { FlowPoint, PointKink } from './trajectory.js';

/** Boundaries met without the clock moving, before the run is given up. */
const MEETINGS_AT_ONCE = 50;
/** The step size is multiplied by at most error^(−1/4): the estimate is of that order. */
const ERROR_ORDER = 4;
/** Where Newton's method fails, steps stay below this share of the failed one, which then recovers. */
const AFTER_FAILURE = 0.5;
const RECOVERY = 1.5;
/** Change of log q that the first step after a boundary is meant for, over the root of that order. */
const RESTART = 4;

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
): DualPhase {
  const { direction, logNorm } = run.point;
  const state = dualStateAt(objective, degree, direction, logNorm, tolerance, run.counts);
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
    const underflow = stepUnderflow(run);
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
  const before = modes?.sliding ?? [];
  if (modes) {
    settleModes(state, modes, met);
    if (met.length > 0) takeBoundaries(state, modes, met, end);
  }
  let changed = moveState(state, landing, end.lambda.slice());
  if (modes) {
    dropLost(state, modes);
    changed ||= modes.sliding !== before;
  }
  if (changed) rebuild(state, landing.direction, met.length === 0);
  else goOn(state, landing.direction);
  if (modes && met.length > 0) {
    chooseSliding(state, modes, state.stepper.start.direction.slice());
    recordPhases(modes, before, state.alpha);
  }
  record(run, pointHere(run, phase, landing), options);
}

/** Takes boundaries that are met at the start of a step, without a step. */
function turnAtOnce(state: DualState, modes: KinkModes, met: readonly Violation[]): void {
  const { start } = state.stepper;
  const before = modes.sliding;
  takeBoundaries(state, modes, met, start);
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

function passengersAfter(phase: DualPhase, h: number): Passengers {
  const { state, passengers } = phase;
  const { loss } = state.objective;
  return carryPassengers(passengers, state.stepper.stages, h, {
    degree: state.degree,
    beta: state.stepper.step.beta,
    alpha: state.alpha,
    slopeDecay: (alpha) => loss.slopeDecay(alpha),
  });
}

/** A landing as a point, before the step to it is taken. */
function pointOf(run: Run, phase: DualPhase, landing: Landing, h: number): FlowPoint {
  return assemble(run, phase, landing, passengersAfter(phase, h));
}

/** The point at which the state now is, with what is known of its velocity and kinks. */
function pointHere(run: Run, phase: DualPhase, landing: Landing): FlowPoint {
  const { state, passengers } = phase;
  const { start } = state.stepper;
  const direction = start.direction.slice();
  const stays = direction.every((value, i) => value === landing.direction[i]);
  const margins = stays ? landing.margins : state.objective.margins(direction);
  const point = assemble(run, phase, { ...landing, direction, margins }, passengers);
  let across = 0;
  for (let i = 0; i < direction.length; i++) {
    across += (start.velocity[i] - start.radial * direction[i]) ** 2;
  }
  const alignmentAngle = Math.atan2(Math.sqrt(across), start.radial);
  const duals = { pairs: state.pairs, q: start.q.slice() };
  return { ...point, alignmentAngle, kinks: kinksHere(state), duals };
}

function assemble(
  run: Run,
  { state }: DualPhase,
  landing: Landing,
  passengers: Passengers,
): FlowPoint {
  const { alpha, logNorm, direction, margins } = landing;
  const rate = -state.objective.loss.logSlope(alpha) + (2 - state.degree) * logNorm;
  return {
    clock: passengers.clock,
    logTime: logTimeOf(rate, passengers.time, run.logShift),
    logNorm,
    alpha,
    smallestMargin: minimum(margins),
    pathLength: passengers.pathLength,
    direction,
  };
}

function kinksHere(state: DualState): PointKink[] | undefined {
  const { modes, kinks, examples, stepper } = state;
  if (!modes) return undefined;
  const { start } = stepper;
  return kinks.map(({ row, unit }, k) => {
    const strength = kinkStrength(modes, start, examples, row, unit);
    const fraction = start.unknowns[start.rows.margins + k] / strength;
    const slope = modes.low + fraction * (modes.high - modes.low);
    return { example: examples[row], unit, slope };
  });
}
