import type { Objective } from '../../losses/objective.js';
import { softplus } from '../../numerics/logarithms.js';
import { bracketedRoot } from '../../numerics/roots.js';
import { minimum, norm } from '../../numerics/vectors.js';
import {
  directionSystem,
  logTimeOf,
  places,
  renormalize,
  type DirectionSystem,
} from './direction-system.js';
import { dormandPrince } from './dormand-prince.js';
import type { FlowStart, GradientFlowOptions } from '../flow-options.js';
import type { Passengers } from '../dual/quadratures.js';
import { radau } from './radau.js';
import {
  eventsAhead,
  growth,
  LANDING_TOLERANCE,
  notFinite,
  record,
  shrinkage,
  stepUnderflow,
  type Crossing,
  type Ending,
  type Run,
} from '../run.js';
import type { Counts, Stepper } from '../stepper.js';
import type { FlowPoint } from '../trajectory.js';

/**
 * ζ and u need fewer digits than the direction, since they enter no other equation; and u has fewer,
 * since it moves with α, in which rounding grows like ‖θ‖^L.
 */
const LENGTH_SLACK = 100;
const TIME_SLACK = 1_000;

/** The flow in its plain unknowns y = [w, log ρ, ζ, u]: explicit, or implicit with all of w. */
export interface DirectPhase {
  readonly system: DirectionSystem;
  readonly tolerances: Float64Array;
  readonly y: Float64Array;
  /** Of y. */
  readonly slope: Float64Array;
  readonly logShift: number;
  stepper: Stepper;
  /** Steps in a row that stability limited. */
  stiffSteps: number;
}

/** The phase at a start, explicit or implicit. */
export function directPhase(
  objective: Objective,
  start: FlowStart,
  tolerance: number,
  method: 'explicit' | 'implicit',
  counts: Counts,
  system = directionSystem(objective),
): DirectPhase {
  const n = objective.parameters;
  const at = places(n);
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
  return { system, tolerances, y, slope, logShift, stepper, stiffSteps: 0 };
}

/** Goes on implicitly. */
export function makeImplicit(phase: DirectPhase, counts: Counts): void {
  phase.stepper = radau(phase.system, phase.tolerances, counts);
}

/** A first step that the method's error estimate will accept. */
export function firstStep(phase: DirectPhase, tolerance: number): number {
  return (0.1 * tolerance ** 0.2) / Math.max(norm(phase.slope), 1e-12);
}

/** What rides along, where the phase is. */
export function passengersOf({ system, y }: DirectPhase, clock: number): Passengers {
  const at = places(system.objective.parameters);
  return { clock, pathLength: y[at.pathLength], time: y[at.time] };
}

/** The point at unknowns y and clock τ. */
export function pointFrom(phase: DirectPhase, y: Float64Array, tau: number): FlowPoint {
  const { system, logShift } = phase;
  const n = system.objective.parameters;
  const at = places(n);
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

/** Angle between θ and the velocity where the phase is: w′ lies across w, and (log ρ)′ along it. */
export function alignmentAngleOf({ system, slope }: DirectPhase): number {
  const at = places(system.objective.parameters);
  return Math.atan2(slope[at.pathLength], slope[at.logNorm]);
}

/** Takes one accepted step, or says why none can be taken. */
export function advanceDirect(
  run: Run,
  phase: DirectPhase,
  options: GradientFlowOptions,
): Ending | undefined {
  const { y, slope, stepper } = phase;
  const { counts } = run;
  if (!slope.every(Number.isFinite)) return notFinite(run);
  for (let rejected = false; ; rejected = true) {
    const underflow = stepUnderflow(run);
    if (underflow) return underflow;
    const h = run.step;
    const attempt = stepper.attempt(y, slope, h);
    if (attempt.solved && attempt.error <= 1 && attempt.y.every(Number.isFinite)) {
      const next = h * steadyGrowth(attempt.error, stepper.errorOrder, rejected);
      if (commit(run, phase, options, h, attempt.y)) {
        run.step = next;
        return undefined;
      }
      counts.rejected++;
      run.step = h / 2;
      continue;
    }
    counts.rejected++;
    run.step = h * shrinkage(attempt.solved ? attempt.error : NaN, stepper.errorOrder);
  }
}

/** 1 where a small change would cost a factorization. */
export function steadyGrowth(error: number, order: number, afterRejection: boolean): number {
  const factor = growth(error, order, afterRejection);
  return factor >= 1 && factor < 1.2 ? 1 : factor;
}

/**
 * Takes the attempted step, or the shorter one that lands on the first target or event in it. False,
 * with nothing changed, where that shorter step cannot be solved.
 */
function commit(
  run: Run,
  phase: DirectPhase,
  options: GradientFlowOptions,
  h: number,
  end: Float64Array,
): boolean {
  const landed = firstLanding(run, phase, options, h, end);
  if (!landed) return false;
  phase.y.set(end);
  renormalize(phase.y, phase.system.objective.parameters);
  phase.stepper.accept(landed.step);
  phase.stiffSteps = phase.stepper.stiffness() > 1 ? phase.stiffSteps + 1 : 0;
  phase.system.field(phase.y, phase.slope);
  run.counts.evaluations++;
  record(run, { ...landed.point, alignmentAngle: alignmentAngleOf(phase) }, options);
  return true;
}

interface Landing {
  readonly step: number;
  readonly point: FlowPoint;
}

/**
 * The first target or event inside the attempted step of size h, or its end. `end` is the stepper's
 * buffer and holds the landing afterwards. Undefined where rounding, at very large α, keeps a shorter
 * step from being solved: the run has to come nearer first.
 */
export function firstLanding(
  run: Run,
  phase: DirectPhase,
  options: GradientFlowOptions,
  h: number,
  end: Float64Array,
): Landing | undefined {
  const { y, slope, stepper } = phase;
  const tau = run.point.clock;
  let step = h;
  let point = pointFrom(phase, end, tau + h);
  for (const crossing of crossings(run, options)) {
    const before = crossing.value(run.point);
    const after = crossing.value(point);
    if (!(before < 0 && after >= 0)) continue;
    let solved = true;
    const at = (shorter: number) => {
      solved = stepper.attempt(y, slope, shorter).solved;
      // A zero ends the search.
      return solved ? crossing.value(pointFrom(phase, end, tau + shorter)) : 0;
    };
    const root = bracketedRoot(at, 0, before, step, after, crossing.tolerance);
    if (root.x > 0) step = root.x;
    if (!solved || !stepper.attempt(y, slope, step).solved) return undefined;
    point = pointFrom(phase, end, tau + step);
  }
  return { step, point };
}

function crossings(run: Run, options: GradientFlowOptions): Crossing[] {
  const list = eventsAhead(run, options);
  if (run.nextTarget < options.targets.length) {
    const target = options.targets[run.nextTarget];
    const size = Math.max(1, Math.abs(target));
    const tolerance = LANDING_TOLERANCE;
    list.push({ tolerance, value: (point) => (point.alpha - target) / size });
  }
  return list;
}
