import type { Objective } from '../losses/objective.js';
import { bracketedRoot } from '../numerics/roots.js';
import { minimum, norm } from '../numerics/vectors.js';
import {
  directionSystem,
  logTimeOf,
  places,
  renormalize,
  type DirectionSystem,
} from './direction-system.js';
import { dormandPrince } from './dormand-prince.js';
import type { GradientFlowOptions } from './flow-options.js';
import { radau } from './radau.js';
import { noCounts, type Counts, type Stepper } from './stepper.js';
import type { FlowPoint, FlowResult, Mark } from './trajectory.js';

/**
 * ζ and u need fewer digits than the direction, since they enter no other equation; and u has fewer,
 * since it moves with α, in which rounding grows like ‖θ‖^L.
 */
const LENGTH_SLACK = 100;
const TIME_SLACK = 1_000;
/** The explicit method gives way after this many steps in a row that stability limits … */
const STIFF_STEPS = 15;
/** … or after this many attempts, as where a kink makes it chatter without looking stiff. */
const EXPLICIT_ATTEMPTS = 400;
/** Targets of α are met to this relative accuracy. */
const LANDING_TOLERANCE = 1e-11;
/** At clock 0 every step moves the clock; below this one it would never stop shrinking. */
const SMALLEST_STEP = 1e-300;

/** A run in progress: the driver's own state, changed by every step. */
export interface Run {
  readonly system: DirectionSystem;
  readonly tolerances: Float64Array;
  readonly counts: Counts;
  /** log of the time shift t₀ (see `directionSystem`). */
  readonly logShift: number;
  readonly points: FlowPoint[];
  readonly marks: Mark[];
  /** Names of events that have happened. */
  readonly passed: Set<string>;
  readonly y: Float64Array;
  readonly slope: Float64Array;
  stepper: Stepper;
  point: FlowPoint;
  /** Size of the next step to try. */
  step: number;
  stiffSteps: number;
  nextTarget: number;
  /** Name of the event that ended the run. */
  stopped: string | undefined;
}

export type Ending = Pick<FlowResult, 'status' | 'message'>;

/** The run at θ₀, before its first step. */
export function startRun(
  objective: Objective,
  theta0: Float64Array,
  options: GradientFlowOptions,
): Run {
  const system = directionSystem(objective);
  const n = objective.parameters;
  const at = places(n);
  const y = new Float64Array(system.size);
  const length = norm(theta0);
  for (let i = 0; i < n; i++) y[i] = theta0[i] / length;
  y[at.logNorm] = Math.log(length);
  const tolerances = new Float64Array(system.size).fill(options.tolerance);
  tolerances[at.pathLength] = LENGTH_SLACK * options.tolerance;
  tolerances[at.time] = TIME_SLACK * options.tolerance;
  const counts = noCounts();
  const slope = new Float64Array(system.size);
  system.field(y, slope);
  const alpha = objective.alpha(y.slice(0, n), Math.exp(system.degree * y[at.logNorm]));
  const logShift = system.logTimeRate(alpha, y[at.logNorm]);
  const point = pointFrom(system, logShift, y, 0);
  const method = options.method === 'implicit' ? radau : dormandPrince;
  const run: Run = {
    system,
    tolerances,
    counts,
    logShift,
    points: [point],
    marks: [],
    passed: new Set(),
    y,
    slope,
    stepper: method(system, tolerances, counts),
    point,
    step: (0.1 * options.tolerance ** 0.2) / Math.max(norm(slope), 1e-12),
    stiffSteps: 0,
    nextTarget: 0,
    stopped: undefined,
  };
  // What already holds at the start is passed, not crossed: it leaves no mark.
  while (run.nextTarget < options.targets.length && options.targets[run.nextTarget] <= alpha) {
    run.nextTarget++;
  }
  for (const event of options.events ?? []) if (event.value(point) >= 0) run.passed.add(event.name);
  return run;
}

function pointFrom(
  system: DirectionSystem,
  logShift: number,
  y: Float64Array,
  tau: number,
): FlowPoint {
  const n = system.objective.parameters;
  const at = places(n);
  const state = y.slice();
  renormalize(state, n);
  const direction = state.subarray(0, n).slice();
  const logNorm = y[at.logNorm];
  const alpha = system.objective.alpha(direction, Math.exp(system.degree * logNorm));
  return {
    clock: tau,
    logTime: logTimeOf(system.logTimeRate(alpha, logNorm), y[at.time], logShift),
    logNorm,
    alpha,
    smallestMargin: minimum(system.objective.margins(direction)),
    pathLength: y[at.pathLength],
    direction,
  };
}

/** Takes one accepted step, or says why none can be taken. */
export function advance(run: Run, options: GradientFlowOptions): Ending | undefined {
  const { system, y, slope, counts } = run;
  const reached = `α = ${run.point.alpha.toPrecision(6)}`;
  system.field(y, slope);
  counts.evaluations++;
  if (!slope.every(Number.isFinite)) {
    return { status: 'not-finite', message: `The velocity is not finite at ${reached}.` };
  }
  for (let rejected = false; ; rejected = true) {
    const h = run.step;
    if (!(h > SMALLEST_STEP && run.point.clock + h > run.point.clock)) {
      const message = `No step can be taken beyond ${reached}: the step size fell to ${h.toExponential(1)}.`;
      return { status: 'step-underflow', message };
    }
    const attempt = run.stepper.attempt(y, slope, h);
    if (attempt.solved && attempt.error <= 1 && attempt.y.every(Number.isFinite)) {
      const next = h * growth(attempt.error, run.stepper.errorOrder, rejected);
      if (commit(run, options, h, attempt.y)) {
        run.step = next;
        return undefined;
      }
      counts.rejected++;
      run.step = h / 2;
      continue;
    }
    counts.rejected++;
    run.step = h * shrinkage(attempt.solved ? attempt.error : NaN, run.stepper.errorOrder);
  }
}

/** Factor for the next step: at most 8, and 1 where a small change would cost a factorization. */
function growth(error: number, order: number, afterRejection: boolean): number {
  const factor = Math.min(8, Math.max(0.2, 0.9 * Math.max(error, 1e-12) ** (-1 / order)));
  if (afterRejection) return Math.min(1, factor);
  return factor >= 1 && factor < 1.2 ? 1 : factor;
}

function shrinkage(error: number, order: number): number {
  return Number.isFinite(error) ? Math.max(0.1, 0.9 * error ** (-1 / order)) : 0.3;
}

/**
 * Takes the attempted step, or the shorter one that lands on the first target or event in it. False,
 * with nothing changed, where that shorter step cannot be solved.
 */
function commit(run: Run, options: GradientFlowOptions, h: number, end: Float64Array): boolean {
  const landed = landingIn(run, options, h, end);
  if (!landed) return false;
  run.y.set(end);
  renormalize(run.y, run.system.objective.parameters);
  run.stepper.accept(landed.step);
  run.counts.accepted++;
  run.point = landed.point;
  run.points.push(landed.point);
  markCrossings(run, options);
  switchWhenStiff(run, options);
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
function landingIn(
  run: Run,
  options: GradientFlowOptions,
  h: number,
  end: Float64Array,
): Landing | undefined {
  const { system, logShift, y, slope, stepper } = run;
  const tau = run.point.clock;
  let step = h;
  let point = pointFrom(system, logShift, end, tau + h);
  for (const crossing of crossings(run, options)) {
    const before = crossing.value(run.point);
    const after = crossing.value(point);
    if (!(before < 0 && after >= 0)) continue;
    let solved = true;
    const at = (shorter: number) => {
      solved = stepper.attempt(y, slope, shorter).solved;
      // A zero ends the search.
      return solved ? crossing.value(pointFrom(system, logShift, end, tau + shorter)) : 0;
    };
    const root = bracketedRoot(at, 0, before, step, after, crossing.tolerance);
    if (root.x > 0) step = root.x;
    if (!solved || !stepper.attempt(y, slope, step).solved) return undefined;
    point = pointFrom(system, logShift, end, tau + step);
  }
  return { step, point };
}

interface Crossing {
  readonly tolerance: number;
  value(point: FlowPoint): number;
}

function crossings(run: Run, options: GradientFlowOptions): Crossing[] {
  const list: Crossing[] = (options.events ?? [])
    .filter((event) => !run.passed.has(event.name))
    .map((event) => ({ tolerance: LANDING_TOLERANCE, value: (point) => event.value(point) }));
  if (run.nextTarget < options.targets.length) {
    const target = options.targets[run.nextTarget];
    const size = Math.max(1, Math.abs(target));
    const tolerance = LANDING_TOLERANCE;
    list.push({ tolerance, value: (point) => (point.alpha - target) / size });
  }
  return list;
}

/** Records the targets and events that the new point has met (to landing accuracy). */
function markCrossings(run: Run, options: GradientFlowOptions): void {
  const { point } = run;
  const near = 100 * LANDING_TOLERANCE;
  while (run.nextTarget < options.targets.length) {
    const target = options.targets[run.nextTarget];
    if (!(point.alpha >= target - near * Math.max(1, Math.abs(target)))) break;
    run.marks.push({ name: `alpha ${target}`, point });
    run.nextTarget++;
  }
  for (const event of options.events ?? []) {
    if (run.passed.has(event.name) || !(event.value(point) >= -near)) continue;
    run.passed.add(event.name);
    run.marks.push({ name: event.name, point });
    if (event.stop) run.stopped = event.name;
  }
}

function switchWhenStiff(run: Run, options: GradientFlowOptions): void {
  if (run.stepper.name === 'radau' || options.method === 'explicit') return;
  run.stiffSteps = run.stepper.stiffness() > 1 ? run.stiffSteps + 1 : 0;
  const attempts = run.counts.accepted + run.counts.rejected;
  if (run.stiffSteps < STIFF_STEPS && attempts < EXPLICIT_ATTEMPTS) return;
  run.stepper = radau(run.system, run.tolerances, run.counts);
  run.marks.push({ name: 'implicit from here', point: run.point });
}
