import type { GradientFlowOptions } from './flow-options.js';
import type { Meeting } from './kinks/boundary.js';
import { notFinite, stepShrinkage, stepUnderflow, type Ending, type Run } from './run.js';

/** Boundaries met without the clock moving, before the run is given up. */
const MEETINGS_AT_ONCE = 50;
/** An attempt that cannot be used as it is, though its error is small, is repeated with this share of it. */
const HALF = 0.5;
/** The like at a boundary: a unit may rise from its kink and come back, which a shorter step tells. */
const QUARTER = 0.25;

/** A step that is about to be accepted. */
export interface FoundStep<Located> {
  /** Size that was attempted. */
  readonly tried: number;
  /** Size up to the boundary, where the step meets one. */
  readonly size: number;
  /** Where it ends: there, or at a target or an event before it. */
  readonly located: Located;
  readonly meeting: Meeting | undefined;
}

/**
 * What a method does at each stage of a step. What one stage finds and the next one needs stays in the
 * method's `Segment`: the records here are constants, so that a step makes no functions.
 */
export interface StepMethod<Segment, Located> {
  /** Whether the next step may not grow where this one had to be halved to meet a target or an event. */
  readonly cautious: boolean;
  /** Factor for the next step after one with the given error and order of the error. */
  nextFactor(error: number, order: number, afterRejection: boolean): number;
  /** The error of a step of size h is of order h to this power. */
  errorOrder(segment: Segment): number;
  /** Whether the velocity where the segment is has only finite numbers. */
  isFinite(segment: Segment): boolean;
  /** Whether a step of size h has to move the clock to be one. */
  needsClock(segment: Segment, h: number): boolean;
  /** Tries a step of size h. Returns its error in tolerances; NaN where there is no result to use. */
  attempt(segment: Segment, h: number): number;
  /** After an attempt with too large an error, when `run.step` has become shorter. */
  afterRejection?(run: Run, segment: Segment, h: number, error: number): void;
  /** False where the attempt is too long though its error is small. */
  fits?(segment: Segment): boolean;
  /** For a network with kinks: what ends the attempt before it leaves its smooth piece. */
  readonly boundaries?: {
    /** The first boundary inside the attempt, which then ends there; undefined where there is none. */
    meet(
      segment: Segment,
      options: GradientFlowOptions,
      h: number,
      error: number,
    ): Meeting | undefined;
    /** Takes the boundaries on which the segment lies already, without a step. */
    turn(run: Run, segment: Segment, met: Meeting['met']): void;
  };
  /**
   * The end of a step of size h, or the first target or event inside it, with the step repeated up to
   * there. Undefined where that shorter step cannot be solved.
   */
  locate(run: Run, segment: Segment, options: GradientFlowOptions, h: number): Located | undefined;
  /** Takes the step. `run.step` is the size to try next; the method may shorten it. */
  accept(run: Run, segment: Segment, options: GradientFlowOptions, step: FoundStep<Located>): void;
}

/**
 * Takes one accepted step, or says why none can be taken. An attempt with too large an error is repeated
 * with a shorter step, one that leaves the smooth piece of a network with kinks ends where it does, and
 * one with a target or an event inside ends there.
 */
export function takeStep<Segment, Located>(
  method: StepMethod<Segment, Located>,
  run: Run,
  segment: Segment,
  options: GradientFlowOptions,
): Ending | undefined {
  const { counts } = run;
  let rejected = false;
  let meetings = 0;
  for (;;) {
    if (!method.isFinite(segment)) return notFinite(run);
    const underflow = stepUnderflow(run, method.needsClock(segment, run.step));
    if (underflow) return underflow;
    const tried = run.step;
    const error = method.attempt(segment, tried);
    const order = method.errorOrder(segment);
    if (!(error <= 1)) {
      counts.rejected++;
      rejected = true;
      run.step = tried * stepShrinkage(error, order);
      method.afterRejection?.(run, segment, tried, error);
      continue;
    }
    if (method.fits && !method.fits(segment)) {
      counts.rejected++;
      rejected = true;
      run.step = HALF * tried;
      continue;
    }
    const next = tried * method.nextFactor(error, order, rejected);
    const meeting = method.boundaries?.meet(segment, options, tried, error);
    if (meeting?.h === 0) {
      if (++meetings > MEETINGS_AT_ONCE) return stepUnderflow({ ...run, step: 0 });
      method.boundaries!.turn(run, segment, meeting.met);
      if (meetings > 1) run.step = QUARTER * tried;
      continue;
    }
    if (meeting && Number.isNaN(meeting.h)) {
      run.step = QUARTER * tried;
      continue;
    }
    const size = meeting?.h ?? tried;
    const located = method.locate(run, segment, options, size);
    if (located === undefined) {
      counts.rejected++;
      rejected ||= method.cautious;
      run.step = HALF * tried;
      continue;
    }
    run.step = meeting?.next ?? next;
    method.accept(run, segment, options, { tried, size, located, meeting });
    return undefined;
  }
}
