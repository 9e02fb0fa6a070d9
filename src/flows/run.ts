import type { GradientFlowOptions } from './flow-options.js';
import type { Counts } from './stepper.js';
import type { FlowPoint, FlowResult, Mark } from './trajectory.js';

/** Targets of α are met to this relative accuracy, or to a hundredth of the tolerance. */
export const LANDING_TOLERANCE = 1e-11;
/** At clock 0 every step moves the clock; below this one it would never stop shrinking. */
const SMALLEST_STEP = 1e-300;

/** Directions of more parameters than this are not kept step by step: 1,000 steps would be 160 MB. */
const MOST_KEPT_PARAMETERS = 20_000;

/** What a run has done so far, whichever method is at work; changed by every step. */
export interface Run {
  readonly counts: Counts;
  /** log of the time shift t₀ (see `directionSystem`). */
  readonly logShift: number;
  readonly points: FlowPoint[];
  readonly keepsSteps: boolean;
  readonly marks: Mark[];
  /** Names of events that have happened. */
  readonly passed: Set<string>;
  point: FlowPoint;
  /** Size of the next step to try. */
  step: number;
  nextTarget: number;
  /** Name of the event that ended the run. */
  stopped: string | undefined;
}

/** Why a run ended, and the sentence that says so. */
export type Ending = Pick<FlowResult, 'status' | 'message'>;

/** A run at its first point. What already holds there is passed, not crossed: it leaves no mark. */
export function runFrom(
  point: FlowPoint,
  logShift: number,
  step: number,
  counts: Counts,
  options: GradientFlowOptions,
): Run {
  const { targets, events = [] } = options;
  const { keep = point.direction.length > MOST_KEPT_PARAMETERS ? 'marks' : 'steps' } = options;
  return {
    counts,
    logShift,
    points: [point],
    keepsSteps: keep === 'steps',
    marks: [],
    passed: new Set(events.filter((event) => event.value(point) >= 0).map(({ name }) => name)),
    point,
    step,
    nextTarget: targets.filter((target) => target <= point.alpha).length,
    stopped: undefined,
  };
}

/** Takes a new point, with the targets and events that it meets (to landing accuracy). */
export function acceptPoint(run: Run, point: FlowPoint, options: GradientFlowOptions): void {
  const marksBefore = run.marks.length;
  run.counts.accepted++;
  run.point = point;
  const near = Math.max(100 * LANDING_TOLERANCE, options.tolerance);
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
  if (run.keepsSteps || run.marks.length > marksBefore) run.points.push(point);
}

/**
 * Says why the run ends where its step has become endless, or too small: to move the clock, unless the
 * method's equations have no need of it, and to be a number at all.
 */
export function stepUnderflow(run: Run, needsClock = true): Ending | undefined {
  const h = run.step;
  const next = run.point.clock + h;
  const moves = !needsClock || next > run.point.clock;
  if (h > SMALLEST_STEP && moves && next < Infinity) return undefined;
  const reached = `α = ${run.point.alpha.toPrecision(6)}`;
  if (next === Infinity) {
    const message = `Nothing changes any more at ${reached}: the clock has outgrown all numbers.`;
    return { status: 'step-underflow', message };
  }
  return {
    status: 'step-underflow',
    message: `No step can be taken beyond ${reached}: the step size fell to ${h.toExponential(1)}.`,
  };
}

/** The ending of a run whose velocity is not finite where it is. */
export function notFinite({ point }: Run): Ending {
  const message = `The velocity is not finite at α = ${point.alpha.toPrecision(6)}.`;
  return { status: 'not-finite', message };
}

/** Factor for the next step after one with the given error (a share of the tolerance): at most 8. */
export function stepGrowth(error: number, order: number, afterRejection: boolean): number {
  const factor = Math.min(8, Math.max(0.2, 0.9 * Math.max(error, 1e-12) ** (-1 / order)));
  return afterRejection ? Math.min(1, factor) : factor;
}

/** The same, and 1 where a small change would cost a factorization. */
export function steadyGrowth(error: number, order: number, afterRejection: boolean): number {
  const factor = stepGrowth(error, order, afterRejection);
  return factor >= 1 && factor < 1.2 ? 1 : factor;
}

/** Factor for the next attempt after a rejected one; NaN stands for equations left unsolved. */
export function stepShrinkage(error: number, order: number): number {
  return Number.isFinite(error) ? Math.max(0.1, 0.9 * error ** (-1 / order)) : 0.3;
}
