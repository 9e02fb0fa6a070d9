import type { GradientFlowOptions } from '../flow-options.js';
import type { Violation } from '../kinks/boundary.js';
import { flip, recordSliding, sameKink, takeBoundaries } from '../kinks/sliding.js';
import { acceptPoint, steadyGrowth, type Ending, type Run } from '../run.js';
import { takeStep, type StepMethod } from '../step-controller.js';
import type { Counts } from '../stepper.js';
import { renormalize } from './direction-system.js';
import { locateFirst, type LocatedPoint } from './event-location.js';
import { crossed, excess, fractionAt, meetBoundary } from './piecewise-boundary.js';
import { chooseSliding, whatIsKnown, type PiecewiseSegment } from './piecewise-segment.js';

/** So many steps in a row decide for the other explicit method; where it fails, so many more. */
const PERSISTENCE = 3;
const IN_VAIN = -8;
/** A step cut to less than this share is much shorter than accuracy asks for. */
const CUT_SHORT = 0.1;

/** `slope` is f at `y` throughout. */
const piecewiseSteps: StepMethod<PiecewiseSegment, LocatedPoint> = {
  cautious: false,
  nextFactor: steadyGrowth,
  errorOrder: ({ stepper }) => stepper.errorOrder,
  isFinite: ({ slope }) => slope.every(Number.isFinite),
  needsClock: () => true,
  attempt(segment, h) {
    const { stepper } = segment;
    const { y, error } = stepper.attempt(segment.y, segment.slope, h);
    segment.end = y;
    segment.stiff ||= stepper.stiffness() > 1;
    return error <= 1 && !y.every(Number.isFinite) ? NaN : error;
  },
  afterRejection(run, segment) {
    if (segment.stepper === segment.coarse) takeFine(run, segment, IN_VAIN);
  },
  boundaries: {
    meet: (segment, { tolerance }, h, error) =>
      meetBoundary(segment.piecewise, segment, tolerance, h, error),
    turn(run, segment, met) {
      turn(segment, met, run.point.alpha, run.counts);
    },
  },
  locate: locateFirst,
  accept(run, segment, options, { tried, size, located, meeting }) {
    const { objective } = segment.piecewise.system;
    const { y } = segment;
    // Where a boundary cut the step short, stability did not.
    if (segment.stiff) segment.stiffSteps++;
    else if (!meeting) segment.stiffSteps = 0;
    segment.stiff = false;
    y.set(segment.end);
    renormalize(y, objective.parameters);
    const met = meeting && located.step === size ? meeting.met : [];
    settle(segment, met, size, located.point.alpha, run, options.tolerance);
    const direction = y.slice(0, objective.parameters);
    acceptPoint(run, { ...located.point, direction, ...whatIsKnown(segment) }, options);
    chooseStepper(run, segment, size, tried, meeting !== undefined);
  },
};

/** Takes one accepted step, or says why none can be taken. */
export function advancePiecewise(
  run: Run,
  segment: PiecewiseSegment,
  options: GradientFlowOptions,
): Ending | undefined {
  return takeStep(piecewiseSteps, run, segment, options);
}

/** Takes the coarse method where steps end at kinks long before accuracy asks for it, and gives it up where they do not. */
function chooseStepper(
  run: Run,
  segment: PiecewiseSegment,
  step: number,
  tried: number,
  cut: boolean,
): void {
  const isFine = segment.stepper === segment.fine;
  const against = isFine ? cut && step < CUT_SHORT * tried : !cut;
  if (isFine) segment.fineStep = run.step;
  segment.otherwise = against ? segment.otherwise + 1 : Math.min(0, segment.otherwise);
  if (segment.otherwise < PERSISTENCE) return;
  if (!isFine) {
    takeFine(run, segment, 0);
    return;
  }
  segment.stepper = segment.coarse;
  segment.otherwise = 0;
  run.step = Math.min(run.step, 2 * step);
}

function takeFine(run: Run, segment: PiecewiseSegment, otherwise: number): void {
  segment.stepper = segment.fine;
  segment.otherwise = otherwise;
  run.step = segment.fineStep;
}

/** Takes the boundaries that ended a step, and flips what it crossed too weakly to end there. */
function settle(
  segment: PiecewiseSegment,
  met: readonly Violation[],
  h: number,
  alpha: number,
  { counts }: Run,
  tolerance: number,
): void {
  const { piecewise, y, slope } = segment;
  const { modes, system } = piecewise;
  if (met.length > 0) {
    turn(segment, met, alpha, counts);
  } else {
    // Behind the first layer z is not linear in w, so that a step does not keep it at zero.
    if (modes.layers.length > 1) piecewise.restore(y.subarray(0, system.objective.parameters));
    system.field(y, slope);
    counts.evaluations++;
  }
  for (const kink of crossed(piecewise, tolerance, h)) {
    // What this changes in the slope is less than what matters.
    if (kink.slide < 0 && !met.some((boundary) => sameKink(boundary, kink))) flip(modes, kink);
  }
}

/** Takes boundaries on which the segment lies: afterwards `slope` is that of the piece it goes on along. */
function turn(
  segment: PiecewiseSegment,
  met: readonly Violation[],
  alpha: number,
  counts: Counts,
): void {
  const { piecewise, y, slope } = segment;
  const { modes, system } = piecewise;
  const before = modes.sliding;
  takeBoundaries(modes, met, {
    strength: piecewise.strength,
    fraction: (kink) =>
      fractionAt(
        piecewise,
        piecewise.sliding.findIndex((other) => sameKink(other, kink)),
      ),
  });
  const changed = modes.sliding !== before;
  if (changed) chooseSliding(segment, counts);
  system.field(y, slope);
  counts.evaluations++;
  if (!changed && piecewise.sliding.some((_, k) => excess(piecewise, k) > 1)) {
    chooseSliding(segment, counts);
    system.field(y, slope);
    counts.evaluations++;
  }
  recordSliding(modes, before, alpha);
}
