import type { RecordsOf } from '../../records/index.js';
import type { PlanSettings } from '../../specs/scale.js';
import { imageFlowPlan, planarFlowPlan } from '../common/flow-plans.js';

/** What rounding and the integrator's tolerance may take from a smoothed margin that only grows. */
export const MONOTONE = 1e-9;
/** A fall of this much is no rounding. */
export const FALLS = 1e-6;

/** The experiments of `margin-maximization` for a scale and a seed. */
export function marginMaximizationPlan(settings: PlanSettings) {
  return {
    /** Squared ReLU on the plane and on images. */
    flows: [planarFlowPlan('squared-relu', settings), imageFlowPlan('squared-relu', settings)],
    /** ReLU on the plane, at the limit of which Clarke multipliers stand for the gradients on kinks. */
    kinked: planarFlowPlan('relu', settings),
  };
}

/** What the claim is judged by. */
export type MarginMaximizationRecord = RecordsOf<ReturnType<typeof marginMaximizationPlan>>;
