import type { RecordsOf } from '../../records/index.js';
import type { LinearSvmExperiment } from '../../specs/experiments/linear-svm.js';
import type { PlanSettings, Scale } from '../../specs/scale.js';

/** The angle between the flow's certified limit and the maximum margin: both are exact but for rounding. */
export const SAME_DIRECTION = 1e-8;
/**
 * From this angle on, in radians, a certified limit is another classifier: that of least squares, where a wrong
 * run would end, may be less than 0.01 away.
 */
export const OTHER_DIRECTION = 1e-4;
/** How far a decade's measured factor may be from the predicted one, as a share of it. */
export const RATE = 0.02;
/**
 * How far a dual variable may be from its multiplier at α = 10⁶: what theory leaves there, e^{-κα}, is nothing, and the
 * error of the solver, multiplied by α, stays below this.
 */
export const DUALS = 1e-4;
/** ‖w − ŵ log t − w̃‖/‖w̃‖ of the flow at α = 1000, where e^{-1000 κ} is nothing and integration is left. */
export const LAW_OF_FLOW = 1e-4;
/** From this distance on the law does not describe the run. */
export const NO_LAW = 0.5;
/** The distance of descent falls like t^{-κ}, or like log t/t: at least with this share of κ … */
export const SHARE_OF_EXPONENT = 0.5;
/** … which up to this share it does not. */
export const NO_FALL = 0.1;
/** A distance that needs no exponent. */
export const SMALL = 0.02;
/** The law is due where t^{-κ} is below this: only then can descent speak against it. */
export const DUE = 0.01;

/** Steps of descent. */
const STEPS: Record<Scale, number> = { smoke: 50_000, standard: 200_000, full: 2_000_000 };

/** The experiments of `linear-to-svm` for a scale and a seed. */
export function linearToSvmPlan({ scale, seed }: PlanSettings) {
  const linear: LinearSvmExperiment = {
    kind: 'linear-svm',
    problem: {
      name: 'two Gaussian clouds',
      // Two support vectors in the plane span it, so that the law's second term is known beforehand.
      data: {
        kind: 'separable-gaussian',
        examples: 40,
        dimension: 2,
        margin: 0.5,
        gap: 0.5,
        spread: 1.5,
        seed,
      },
      network: { kind: 'linear' },
      loss: 'logistic',
      start: { kind: 'normal', scale: 1, seed },
    },
    decades: 6,
    step: 0.02,
    steps: STEPS[scale],
    // The start and its opposite: the law forgets both.
    starts: [1, -1],
  };
  return { linear };
}

/** What the claim is judged by. */
export type LinearToSvmRecord = RecordsOf<ReturnType<typeof linearToSvmPlan>>;
