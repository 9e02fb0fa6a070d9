import type { RecordsOf } from '../../records/index.js';
import type { DescentExperiment } from '../../specs/experiment.js';
import type { PlanSettings, Scale } from '../../specs/scale.js';
import { imageFlowPlan, planarDescentPlan, planarFlowPlan } from '../common/flow-plans.js';

/** The cosine that has to be reached; a run that ends at half of it contradicts. */
export const COSINE = 0.99;
/** The cosine up to which a run that has ended contradicts. */
export const HALF_WAY = 0.5;
/** The largest change of the cosine when steps are halved. */
export const CONTROL = 1e-3;

type Size = Pick<DescentExperiment, 'c' | 'decades' | 'maxSteps'>;

const DESCENT: Record<Scale, Size> = {
  smoke: { c: 0.002, decades: 2, maxSteps: 1_000_000 },
  standard: { c: 0.002, decades: 3, maxSteps: 3_000_000 },
  full: { c: 0.001, decades: 4, maxSteps: 20_000_000 },
};
const COARSE: Size = { c: 0.5, decades: 3, maxSteps: 100_000 };

/** The experiments of `alignment` for a scale and a seed. */
export function alignmentPlan(settings: PlanSettings) {
  const size = DESCENT[settings.scale];
  const descent = (of: Size) => planarDescentPlan('squared-relu', of, settings);
  return {
    /** Squared ReLU on the plane and on images: inside the theorem. */
    flows: [planarFlowPlan('squared-relu', settings), imageFlowPlan('squared-relu', settings)],
    /** ReLU, whose gradient is not locally Lipschitz: beyond the theorem. */
    beyond: planarFlowPlan('relu', settings),
    /** Descent with steps c/α, and with c halved: the control. */
    descent: descent(size),
    halved: descent({ ...size, c: size.c / 2 }),
    /** Descent with far too long steps: what the control is there to catch. */
    coarse: descent(COARSE),
  };
}

/** What the claim is judged by. */
export type AlignmentRecord = RecordsOf<ReturnType<typeof alignmentPlan>>;
