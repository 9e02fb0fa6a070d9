import type { GradientFlowOptions } from '../flow-options.js';
import { acceptPoint, steadyGrowth, type Ending, type Run } from '../run.js';
import { takeStep, type StepMethod } from '../step-controller.js';
import { alignmentAngleOf, type DirectSegment } from './direct-segment.js';
import { renormalize } from './direction-system.js';
import { locateFirst, type LocatedPoint } from './event-location.js';

const directSteps: StepMethod<DirectSegment, LocatedPoint> = {
  cautious: true,
  nextFactor: steadyGrowth,
  errorOrder: ({ stepper }) => stepper.errorOrder,
  isFinite: ({ slope }) => slope.every(Number.isFinite),
  needsClock: () => true,
  attempt(segment, h) {
    const { y, error, solved } = segment.stepper.attempt(segment.y, segment.slope, h);
    segment.end = y;
    return solved && !(error <= 1 && !y.every(Number.isFinite)) ? error : NaN;
  },
  locate: locateFirst,
  accept(run, segment, options, { located }) {
    const { y, slope, stepper, system } = segment;
    y.set(segment.end);
    renormalize(y, system.objective.parameters);
    stepper.accept(located.step);
    segment.stiffSteps = stepper.stiffness() > 1 ? segment.stiffSteps + 1 : 0;
    system.field(y, slope);
    run.counts.evaluations++;
    acceptPoint(run, { ...located.point, alignmentAngle: alignmentAngleOf(segment) }, options);
  },
};

/** Takes one accepted step, or says why none can be taken. */
export function advanceDirect(
  run: Run,
  segment: DirectSegment,
  options: GradientFlowOptions,
): Ending | undefined {
  return takeStep(directSteps, run, segment, options);
}
