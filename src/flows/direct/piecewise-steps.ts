import type { GradientFlowOptions } from '../flow-options.js';
import type { Violation } from '../kinks/boundary.js';
import { flip, recordSliding, sameKink, takeBoundaries } from '../kinks/sliding.js';
import { acceptPoint, steadyGrowth, type Ending, type Run } from '../run.js';
import { takeStep, type StepMethod } from '../step-controller.js';
import type { Counts } from '../stepper.js';
import { renormalize } from './direction-system.js';
import { locateFirst, type LocatedPoint } from './event-location.js';
import { crossed, excess, fractionAt, meetBoundary } from './piecewise-boundary.js';
import { chooseSliding, whatIsKnown, type PiecewisePhase } from './piecewise-phase.js';

/** So many steps in a row decide for the other explicit method; where it fails, so many more. */
const PERSISTENCE = 3;
const IN_VAIN = -8;
/** A step cut to less than this share is much shorter than accuracy asks for. */
const CUT_SHORT = 0.1;

/** `slope` is f at `y` throughout. */
const piecewiseSteps: StepMethod<PiecewisePhase, LocatedPoint> = {
  cautious: false,
  nextFactor: steadyGrowth,
  errorOrder: ({ stepper }) => stepper.errorOrder,
  isFinite: ({ slope }) => slope.every(Number.isFinite),
  needsClock: () => true,
  attempt(phase, h) {
    const { stepper } = phase;
    const { y, error } = stepper.attempt(phase.y, phase.slope, h);
    phase.end = y;
    phase.stiff ||= stepper.stiffness() > 1;
    return error <= 1 && !y.every(Number.isFinite) ? NaN : error;
  },
  afterRejection(run, phase) {
    if (phase.stepper === phase.coarse) takeFine(run, phase, IN_VAIN);
  },
  boundaries: {
    meet: (phase, { tolerance }, h, error) =>
      meetBoundary(phase.piecewise, phase, tolerance, h, error),
    turn(run, phase, met) {
      turn(phase, met, run.point.alpha, run.counts);
    },
  },
  locate: locateFirst,
  accept(run, phase, options, { tried, size, located, meeting }) {
    const { objective } = phase.piecewise.system;
    const { y } = phase;
    // Where a boundary cut the step short, stability did not.
    if (phase.stiff) phase.stiffSteps++;
    else if (!meeting) phase.stiffSteps = 0;
    phase.stiff = false;
    y.set(phase.end);
    renormalize(y, objective.parameters);
    const met = meeting && located.step === size ? meeting.met : [];
    settle(phase, met, size, located.point.alpha, run, options.tolerance);
    const direction = y.slice(0, objective.parameters);
    acceptPoint(run, { ...located.point, direction, ...whatIsKnown(phase) }, options);
    chooseStepper(run, phase, size, tried, meeting !== undefined);
  },
};

/** Takes one accepted step, or says why none can be taken. */
export function advancePiecewise(
  run: Run,
  phase: PiecewisePhase,
  options: GradientFlowOptions,
): Ending | undefined {
  return takeStep(piecewiseSteps, run, phase, options);
}

/** Takes the coarse method where steps end at kinks long before accuracy asks for it, and gives it up where they do not. */
function chooseStepper(
  run: Run,
  phase: PiecewisePhase,
  step: number,
  tried: number,
  cut: boolean,
): void {
  const isFine = phase.stepper === phase.fine;
  const against = isFine ? cut && step < CUT_SHORT * tried : !cut;
  if (isFine) phase.fineStep = run.step;
  phase.otherwise = against ? phase.otherwise + 1 : Math.min(0, phase.otherwise);
  if (phase.otherwise < PERSISTENCE) return;
  if (!isFine) {
    takeFine(run, phase, 0);
    return;
  }
  phase.stepper = phase.coarse;
  phase.otherwise = 0;
  run.step = Math.min(run.step, 2 * step);
}

function takeFine(run: Run, phase: PiecewisePhase, otherwise: number): void {
  phase.stepper = phase.fine;
  phase.otherwise = otherwise;
  run.step = phase.fineStep;
}

/** Takes the boundaries that ended a step, and flips what it crossed too weakly to end there. */
function settle(
  phase: PiecewisePhase,
  met: readonly Violation[],
  h: number,
  alpha: number,
  { counts }: Run,
  tolerance: number,
): void {
  const { piecewise, y, slope } = phase;
  const { modes, system } = piecewise;
  if (met.length > 0) {
    turn(phase, met, alpha, counts);
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

/** Takes boundaries on which the phase lies: afterwards `slope` is that of the piece it goes on along. */
function turn(
  phase: PiecewisePhase,
  met: readonly Violation[],
  alpha: number,
  counts: Counts,
): void {
  const { piecewise, y, slope } = phase;
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
  if (changed) chooseSliding(phase, counts);
  system.field(y, slope);
  counts.evaluations++;
  if (!changed && piecewise.sliding.some((_, k) => excess(piecewise, k) > 1)) {
    chooseSliding(phase, counts);
    system.field(y, slope);
    counts.evaluations++;
  }
  recordSliding(modes, before, alpha);
}
