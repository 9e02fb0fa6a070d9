import type { DescentExperiment, FlowExperiment } from '../../specs/experiment.js';
import { imageSpec, planarSpec, type KnownActivation } from '../../specs/known-problems.js';
import type { PlanSettings, Scale } from '../../specs/scale.js';

/** Each decade's length, angle or gap is at most this share of that of the decade before. */
export const SHRINKAGE = 0.8;
/** The last decades of α that are judged. */
export const DECADES_JUDGED = 3;

/** Decades of α that a flow is followed for, from α = 1. */
const FLOW_DECADES: Record<Scale, number> = { smoke: 7, standard: 8, full: 8 };

/** Images take longer to settle than the plane at the same width, and cost more per decade. */
const IMAGE_DECADES = 7;

const IMAGES: Record<Scale, { perClass: number; width: number }> = {
  smoke: { perClass: 10, width: 12 },
  standard: { perClass: 30, width: 12 },
  full: { perClass: 30, width: 16 },
};

/** The flow on points of the plane. */
export function planarFlowPlan(
  activation: KnownActivation,
  { scale, seed }: PlanSettings,
): FlowExperiment {
  return {
    kind: 'flow',
    problem: planarSpec(activation, seed),
    decades: FLOW_DECADES[scale],
  };
}

/** The flow on images. */
export function imageFlowPlan(
  activation: KnownActivation,
  { scale, seed }: PlanSettings,
): FlowExperiment {
  return {
    kind: 'flow',
    problem: imageSpec(activation, IMAGES[scale], seed),
    decades: IMAGE_DECADES,
  };
}

/** Small-step descent on points of the plane. */
export function planarDescentPlan(
  activation: KnownActivation,
  size: Pick<DescentExperiment, 'c' | 'decades' | 'maxSteps'>,
  { seed }: PlanSettings,
): DescentExperiment {
  return { kind: 'descent', problem: planarSpec(activation, seed), ...size };
}

/** Small steps that chatter across the kinks of ReLU, for the claims that look at them. */
export const RELU_DESCENT: Readonly<
  Record<Scale, Pick<DescentExperiment, 'c' | 'decades' | 'maxSteps'>>
> = {
  smoke: { c: 0.03, decades: 4, maxSteps: 1_000_000 },
  standard: { c: 0.01, decades: 4, maxSteps: 3_000_000 },
  full: { c: 0.003, decades: 4, maxSteps: 10_000_000 },
};
