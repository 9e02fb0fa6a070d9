import { minimum } from '../../numerics/vectors.js';
import { logTimeOf } from '../direct/direction-system.js';
import type { DualSegment } from './dual-segment.js';
import type { DualState } from './dual-state.js';
import type { StepEnd } from './step-end.js';
import type { DualStage } from './dual-stage.js';
import { kinkStrength } from './kink-strength.js';
import { integrateQuadratures } from './quadratures.js';
import type { Quadratures } from '../quadratures.js';
import type { Run } from '../run.js';
import type { FlowPoint, PointKink } from '../trajectory.js';

/** What a stage tells of its velocity. */
export function velocityOf(
  { direction, velocity, radial, q }: DualStage,
  pairs: readonly number[],
): Required<Pick<FlowPoint, 'alignmentAngle' | 'duals'>> {
  let across = 0;
  for (let i = 0; i < direction.length; i++) {
    across += (velocity[i] - radial * direction[i]) ** 2;
  }
  const alignmentAngle = Math.atan2(Math.sqrt(across), radial);
  return { alignmentAngle, duals: { pairs, q: q.slice() } };
}

/** Clock, path length and time at the end of the step of size h that is being tried. */
export function quadraturesAfter(segment: DualSegment, h: number): Quadratures {
  const { state, quadratures } = segment;
  const { loss } = state.objective;
  return integrateQuadratures(quadratures, state.stepper.stages, h, {
    degree: state.degree,
    beta: state.stepper.step.beta,
    alpha: state.alpha,
    slopeDecay: (alpha) => loss.slopeDecay(alpha),
  });
}

/** The end of a step as a point, before the step to it is taken. */
export function pointOf(run: Run, segment: DualSegment, stepEnd: StepEnd, h: number): FlowPoint {
  return assemble(run, segment, stepEnd, quadraturesAfter(segment, h));
}

/** The point at which the state now is, with its kinks. */
export function pointHere(run: Run, segment: DualSegment, stepEnd: StepEnd): FlowPoint {
  const { state, quadratures } = segment;
  const { start } = state.stepper;
  const direction = start.direction.slice();
  const stays = direction.every((value, i) => value === stepEnd.direction[i]);
  const margins = stays ? stepEnd.margins : state.objective.margins(direction);
  const point = assemble(run, segment, { ...stepEnd, direction, margins }, quadratures);
  return { ...point, kinks: kinksHere(state) };
}

function assemble(
  run: Run,
  { state }: DualSegment,
  stepEnd: StepEnd,
  quadratures: Quadratures,
): FlowPoint {
  const { alpha, logNorm, direction, margins } = stepEnd;
  const rate = -state.objective.loss.logSlope(alpha) + (2 - state.degree) * logNorm;
  return {
    clock: quadratures.clock,
    logTime: logTimeOf(rate, quadratures.time, run.logShift),
    logNorm,
    alpha,
    smallestMargin: minimum(margins),
    pathLength: quadratures.pathLength,
    direction,
  };
}

function kinksHere(state: DualState): PointKink[] | undefined {
  const { modes, kinks, examples, stepper } = state;
  if (!modes) return undefined;
  const { start } = stepper;
  return kinks.map(({ row, unit }, k) => {
    const kink = { example: examples[row], unit };
    const strength = kinkStrength(modes, start, examples, kinks, kink);
    const fraction = start.unknowns[start.rows.margins + k] / strength;
    const slope = modes.low + fraction * (modes.high - modes.low);
    return { ...kink, slope };
  });
}
