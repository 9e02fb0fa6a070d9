import type { Objective } from '../losses/objective.js';
import { bracketedRoot } from '../numerics/roots.js';
import { dot, minimum, norm } from '../numerics/vectors.js';
import { logTimeOf } from './direction-system.js';
import { acceptStep, attemptStep, interpolateStep } from './dual-radau.js';
import { stageOf } from './dual-stage.js';
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
import { kinkStrength, type Violation } from './kink-modes.js';
import { carryPassengers, type Passengers } from './passengers.js';
import {
  growth,
  LANDING_TOLERANCE,
  notFinite,
  record,
  shrinkage,
  stepUnderflow,
  type Ending,
  type Run,
} from './run.js';
import { meetBoundary, recordPhases, resolveModes, settleModes } from './sliding.js';
import type { FlowPoint, PointKink } from './trajectory.js';

/** Boundaries met without the clock moving, before the run is given up. */
const MEETINGS_AT_ONCE = 50;
const LANDING_CORRECTIONS = 3;
/** The step size is multiplied by at most error^(−1/4): the estimate is of that order. */
const ERROR_ORDER = 4;

/** The implicit phase of a run, in dual variables. */
export interface DualPhase {
  readonly state: DualState;
  passengers: Passengers;
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
  return { state, passengers };
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
        resolveModes(state, state.modes, meeting.met, stepper.start.direction.slice());
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
    run.step = next;
    return undefined;
  }
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
  if (target !== undefined && landing.alpha > target) landed = landOnAlpha(phase, target, landing);
  for (const event of options.events ?? []) {
    if (landed === undefined) return undefined;
    if (run.passed.has(event.name)) continue;
    const value = (at: Landing) => event.value(pointOf(run, phase, at, phase.state.stepper.h));
    const before = event.value(run.point);
    const after = value(landed);
    if (!(before < 0 && after >= 0)) continue;
    landed = landOnEvent(phase, value, before, after);
  }
  return landed;
}

function landOnAlpha(phase: DualPhase, target: number, end: Landing): Landing | undefined {
  const { state } = phase;
  const { stepper, tolerance } = state;
  const { h } = stepper;
  const probe = stageOf(stepper.start.rows, stepper.start.direction.length);
  const at = (x: number) => {
    interpolateStep(stepper, x, probe);
    return landingAt(state, probe).alpha - target;
  };
  const size = Math.max(1, Math.abs(target));
  const near = Math.max(LANDING_TOLERANCE, 0.01 * tolerance) * size;
  let shorter = h * bracketedRoot(at, 0, state.alpha - target, 1, end.alpha - target, 0.1 * near).x;
  for (let correction = 0; ; correction++) {
    if (Number.isNaN(attemptStep(stepper, shorter))) return undefined;
    const landing = landingAt(state, stepper.stages[2]);
    const off = landing.alpha - target;
    if (Math.abs(off) <= near || correction === LANDING_CORRECTIONS) return landing;
    const { velocity } = stepper.stages[2];
    shorter -= off / (Math.exp(state.degree * landing.logNorm) * dot(velocity, velocity));
  }
}

function landOnEvent(
  { state }: DualPhase,
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

function commit(
  run: Run,
  phase: DualPhase,
  options: GradientFlowOptions,
  landing: Landing,
  met: readonly Violation[],
): void {
  const { state } = phase;
  const { modes } = state;
  phase.passengers = passengersAfter(phase, state.stepper.h);
  acceptStep(state.stepper);
  if (modes) settleModesExcept(state, met);
  const end = state.stepper.stages[2];
  const changed = moveState(state, landing, end.lambda.slice());
  if (modes) dropLost(state);
  goOnOrRebuild(state, landing.direction, changed);
  if (met.length > 0 && modes) {
    resolveModes(state, modes, met, state.stepper.start.direction.slice());
  }
  record(run, pointHere(run, phase, landing), options);
}

function goOnOrRebuild(state: DualState, direction: Float64Array, changed: boolean): void {
  if (changed) rebuild(state, direction);
  else goOn(state, direction);
}

/** Weak crossings flip silently; those that ended the step are left to `resolveModes`. */
function settleModesExcept(state: DualState, met: readonly Violation[]): void {
  const { modes } = state;
  if (!modes) return;
  const kept = met.map(({ example, unit }) => {
    const key = example * modes.units + unit;
    return [key, modes.slopes[key]] as const;
  });
  settleModes(state, modes);
  for (const [key, slope] of kept) modes.slopes[key] = slope;
}

/** Kinks of examples that are no longer active stop sliding. */
function dropLost(state: DualState): void {
  const { modes, objective, pairs } = state;
  if (!modes || modes.sliding.length === 0) return;
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
  const margins = state.objective.margins(direction);
  const point = assemble(run, phase, { ...landing, direction, margins }, passengers);
  let across = 0;
  for (let i = 0; i < direction.length; i++) {
    across += (start.velocity[i] - start.radial * direction[i]) ** 2;
  }
  const alignmentAngle = Math.atan2(Math.sqrt(across), start.radial);
  return { ...point, alignmentAngle, kinks: kinksHere(state) };
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
