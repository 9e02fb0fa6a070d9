import type { RecordsOf } from '../../records/index.js';
import type { PlanSettings } from '../../specs/scale.js';
import {
  imageFlowPlan,
  planarDescentPlan,
  planarFlowPlan,
  RELU_DESCENT,
} from '../common/flow-plans.js';

/** The experiments of `directional-convergence` for a scale and a seed. */
export function directionalConvergencePlan(settings: PlanSettings) {
  return {
    /** Squared ReLU on the plane, ReLU on the plane, squared ReLU on images. */
    flows: [
      planarFlowPlan('squared-relu', settings),
      planarFlowPlan('relu', settings),
      imageFlowPlan('squared-relu', settings),
    ],
    /** ReLU, small steps. */
    descent: planarDescentPlan('relu', RELU_DESCENT[settings.scale], settings),
  };
}

/** What the claim is judged by. */
export type DirectionalConvergenceRecord = RecordsOf<ReturnType<typeof directionalConvergencePlan>>;
