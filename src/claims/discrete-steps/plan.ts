import type { RecordsOf } from '../../records/index.js';
import type { StepThresholdExperiment } from '../../specs/experiment.js';
import { planarSpec } from '../../specs/known-problems.js';
import type { PlannedAttempt } from '../../specs/plan.js';
import type { PlanSettings, Scale } from '../../specs/scale.js';

/** The descents that decide: a tenth below the threshold … */
export const BELOW = 0.9;
/** … and a tenth above. */
export const ABOVE = 1.1;
/** The control: twice the steps of the one below … */
export const DOUBLED = 1.8;
/** … and half of them. */
export const HALVED = 0.45;
/** Nearer to the threshold, where swings grow and fall more slowly: reported. */
export const NEARER = [0.97, 1.03];

/**
 * The largest loss of cosine against the flow that still counts as the flow's: what halving the steps may
 * change elsewhere too. A loss as large as LOST contradicts where there should be none.
 */
export const KEPT = 1e-3;
/**
 * The same for a descent from the start, at α = 10³: there the flow itself is 0.001 to 0.003 from a cosine of 1, and a
 * descent that had to find its way back to it may be behind by as much.
 */
export const EARLY_KEPT = 0.01;
/**
 * The least loss that counts as one. Above the threshold the cosine is to end at C* over C, for 1.1 C* a
 * loss of 0.091: half of that.
 */
export const LOST = 0.045;
/**
 * How far cosine · C over C* may lie from 1, up to 1.1 C*. The prediction is of first order in C*: for two examples
 * the loss at 1.1 C* is 0.091 / (1 + ⅓ C*), as wide swings are not in proportion to the dual variables any more. At
 * 1.8 C* it is off by 0.01 to 0.2 for C* from 0.007 to 0.24, which is reported.
 */
export const PREDICTION = 0.05;
/** From here on the prediction is wrong: what a cosine of 1 at 1.1 C* would be off by. */
export const WRONG = 0.1;
/**
 * How far the threshold at the point where descents begin may lie from the limit's. Late on a flow that is on its
 * way to this limit they differ by less than 0.001; near a saddle, or far from the limit, by more than this.
 */
export const SETTLED = 0.05;
/** Least share of the seeds that have a certified limit, and descents that begin near it. */
export const SOUND = 0.6;

interface Size {
  readonly seeds: number;
  readonly late: readonly number[];
  readonly early: readonly number[];
  readonly steps: number;
}

const LATE = [HALVED, 0.7, BELOW, ...NEARER, ABOVE, 1.25, 1.4, DOUBLED];

const SIZES: Readonly<Record<Scale, Size>> = {
  smoke: { seeds: 5, late: LATE, early: [BELOW, DOUBLED], steps: 1500 },
  standard: { seeds: 10, late: LATE, early: [HALVED, BELOW, ABOVE, DOUBLED], steps: 3000 },
  full: { seeds: 20, late: LATE, early: [HALVED, BELOW, ABOVE, DOUBLED], steps: 6000 },
};
/** Where the late descents begin: α = 10⁷. */
const DECADES = 7;
/** Where those from the start end: there the flow's cosine is that of its limit to 10⁻³ or so. */
const EARLY_DECADES = 3;

/** The experiments of `discrete-steps`: the seed itself and those after it, the first with descents from its start. */
export function discreteStepsPlan({ scale, seed }: PlanSettings) {
  const { seeds, late, early, steps } = SIZES[scale];
  const sweep = Array.from({ length: seeds }, (_, k): PlannedAttempt<StepThresholdExperiment> => {
    const descends = k === 0 ? { early: { factors: early, decades: EARLY_DECADES } } : {};
    const problem = planarSpec('squared-relu', seed + k);
    const size = { decades: DECADES, factors: late, steps };
    return { attempt: { kind: 'step-threshold', problem, ...size, ...descends } };
  });
  return { sweep };
}

/** What the claim is judged by. */
export type DiscreteStepsRecord = RecordsOf<ReturnType<typeof discreteStepsPlan>>;
