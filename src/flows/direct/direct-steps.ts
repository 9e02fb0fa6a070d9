import type { GradientFlowOptions } from '../flow-options.js';
import { acceptPoint, steadyGrowth, type Ending, type Run } from '../run.js';
import { takeStep, type StepMethod } from '../step-controller.js';
import { alignmentAngleOf, type DirectPhase } from './direct-phase.js';
import { renormalize } from './direction-system.js';
import { locateFirst, type LocatedPoint } from './event-location.js';

const directSteps: StepMethod<DirectPhase, LocatedPoint> = {
  cautious: true,
  nextFactor: steadyGrowth,
  errorOrder: ({ stepper }) => stepper.errorOrder,
  isFinite: ({ slope }) => slope.every(Number.isFinite),
  needsClock: () => true,
  attempt(phase, h) {
    const { y, error, solved } = phase.stepper.attempt(phase.y, phase.slope, h);
    phase.end = y;
    return solved && !(error <= 1 && !y.every(Number.isFinite)) ? error : NaN;
  },
  locate: locateFirst,
  accept(run, phase, options, { located }) {
    const { y, slope, stepper, system } = phase;
    y.set(phase.end);
    renormalize(y, system.objective.parameters);
    stepper.accept(located.step);
    phase.stiffSteps = stepper.stiffness() > 1 ? phase.stiffSteps + 1 : 0;
    system.field(y, slope);
    run.counts.evaluations++;
    acceptPoint(run, { ...located.point, alignmentAngle: alignmentAngleOf(phase) }, options);
  },
};

/** Takes one accepted step, or says why none can be taken. */
export function advanceDirect(
  run: Run,
  phase: DirectPhase,
  options: GradientFlowOptions,
): Ending | undefined {
  return takeStep(directSteps, run, phase, options);
}
