import type { RecordsOf } from '../../records/index.js';
import type { DescentRatesExperiment, FlowRatesExperiment } from '../../specs/experiment.js';
import { planarSpec } from '../../specs/known-problems.js';
import type { PlannedAttempt } from '../../specs/plan.js';
import type { PlanSettings, Scale } from '../../specs/scale.js';
import type { ProblemSpec } from '../../specs/spec-types.js';

/** How far a fitted exponent may lie from the predicted one, as a share of it. */
export const WITHIN = 0.05;
/**
 * The same for the flow itself, where the equation for infinite α plays no part: the prediction is of first order, and
 * deviations are below 0.03 rad on nearly every seed.
 */
export const OWN_WITHIN = 0.05;
/** Larger ones, in radians, are not predicted to first order as well as that. */
export const OWN_NEAR = 0.1;
/** From here on the prediction is wrong. */
export const WRONG = 0.25;
/** The decades of α that an exponent is fitted over: the last ones. */
export const FITTED = 4;
/**
 * No part of a deviation falls more slowly than λ says, so that a fitted exponent is at least (1−λ)/L, but for this
 * share; one below SLOWER of it contradicts.
 */
export const SLOWEST = 0.97;
/** A share of (1−λ)/L below which a run is too slow. */
export const SLOWER = 0.8;
/** Least share of the seeds that have a certified limit and an expected ratio for each of the last decades. */
export const SOUND = 0.8;
/** How far the exponents of steps may lie from −1 and −½: sums over steps reach their powers like 1/t and 1/√t. */
export const STEPS_WITHIN = 0.05;
/** An exponent of steps that is off by this much contradicts. */
export const STEPS_WRONG = 0.25;

const SEEDS: Readonly<Record<Scale, number>> = { smoke: 20, standard: 40, full: 100 };
const STEPS: Readonly<Record<Scale, number>> = {
  smoke: 40_000,
  standard: 1_000_000,
  full: 4_000_000,
};

const linear = { network: { kind: 'linear' }, loss: 'exponential' } as const;

/** Two points of the plane that bear the maximum margin, along x₁, and four that do not. */
function plane(seed: number): ProblemSpec {
  const signed = [[1, 1], [1, -0.5], [1.3, 0.6], [1.5, 1.2], [1.4, -0.9], [2, 0.1]]; // prettier-ignore
  const labels = signed.map((_, i) => (i % 2 === 0 ? 1 : -1));
  return {
    name: 'six points',
    data: {
      kind: 'inline',
      name: 'six points',
      inputs: signed.map((row, i) => row.map((x) => labels[i] * x)),
      labels,
    },
    ...linear,
    start: { kind: 'he', scale: 0.1, seed },
  };
}

/** The experiments of `rates`: flows of networks from many seeds, and steps of a linear model. */
export function ratesPlan({ scale, seed }: PlanSettings) {
  const flows = Array.from(
    { length: SEEDS[scale] },
    (_, k): PlannedAttempt<FlowRatesExperiment> => ({
      attempt: {
        kind: 'flow-rates',
        problem: planarSpec('squared-relu', seed + k),
        decades: 11,
        beyond: 25,
      },
    }),
  );
  const steps: DescentRatesExperiment = {
    kind: 'descent-rates',
    problem: plane(seed),
    steps: STEPS[scale],
    decades: 8,
  };
  return { flows, steps };
}

/** What the claim is judged by. */
export type RatesRecord = RecordsOf<ReturnType<typeof ratesPlan>>;
