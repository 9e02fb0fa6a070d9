import type { RecordsOf } from '../../records/index.js';
import type { FlowExperiment, LossLimitsExperiment, TailSpec } from '../../specs/experiment.js';
import { planarSpec } from '../../specs/known-problems.js';
import type { ProblemSpec } from '../../specs/spec-types.js';
import type { PlanSettings, Scale } from '../../specs/scale.js';

/**
 * The largest angle at the end of a flow to α = 10¹⁰ to where it is predicted to go: exponential tails come there like
 * 1/α, polynomial ones like a power of α that is no smaller, so that what is left is the integration's error, some
 * 10⁻¹⁰.
 */
export const REACHED = 1e-6;
/** From this angle on a flow that has come to its end is somewhere else. */
export const ELSEWHERE = 1e-2;
/**
 * The same for stretched tails e^{−p^β}, whose flows end where 𝓛 = e^{−1000}: there an angle of some thousandths is left,
 * in which the logarithms of the multipliers stand.
 */
export const STRETCHED = 0.02;
/** The angle from which on a stretched tail is somewhere else. */
export const STRETCHED_ELSEWHERE = 0.1;
/** The least angle from what the tail of some power maximises to the maximum margin, or nothing was asked. */
export const APART = 0.01;
/**
 * The least such angle of any power: a hundred times as much as its flow may be off, so that each of them, and not the
 * lightest tail alone, is told from one that maximises the margin.
 */
export const EACH_APART = 1e-4;
/** How far the maximum margin may be from the largest one, as a share of it: rounding, by duality. */
export const GAP = 1e-12;

const DECADES = 10;

const TAILS: readonly TailSpec[] = [
  { kind: 'exponential' },
  { kind: 'logistic' },
  { kind: 'stretched', exponent: 2 },
  { kind: 'stretched', exponent: 0.5 },
  { kind: 'polynomial', power: 1 },
  { kind: 'polynomial', power: 2 },
  { kind: 'polynomial', power: 4 },
];
const HINGE: TailSpec = { kind: 'squared-hinge' };
/** Several classes have many margins; those of stretched tails would take minutes. */
const OF_CLASSES = TAILS.filter(({ kind }) => kind !== 'stretched');

/** Further powers, on the way to the maximum margin. */
const MORE_POWERS: Readonly<Record<Scale, readonly number[]>> = {
  smoke: [8, 16, 32],
  standard: [8, 16, 32, 64],
  full: [8, 16, 32, 64, 128],
};
const CLASS_SIZES: Readonly<Record<Scale, number>> = { smoke: 6, standard: 10, full: 20 };

const linear = { network: { kind: 'linear' }, loss: 'exponential' } as const;

/**
 * Twelve points of the plane, two of which bear the maximum margin (along x₁) while ten crowd on one side of it.
 * Labels alternate.
 */
function crowded(seed: number): ProblemSpec {
  const crowd = Array.from({ length: 10 }, (_, k) => [1.2 + 0.05 * k, 0.6 + 0.1 * k]);
  const signed = [[1, 1], [1, -0.5], ...crowd];
  const labels = signed.map((_, i) => (i % 2 === 0 ? 1 : -1));
  return {
    name: 'crowd in the plane',
    data: {
      kind: 'inline',
      name: 'crowd in the plane',
      inputs: signed.map((row, i) => row.map((x) => labels[i] * x)),
      labels,
    },
    ...linear,
    start: { kind: 'he', scale: 0.1, seed },
  };
}

/** Eight points of five dimensions, drawn anew for each seed, with a maximum margin of 0.5 on five of them. */
function drawn(seed: number): ProblemSpec {
  const size = { examples: 8, dimension: 5, margin: 0.5, gap: 0.2, spread: 1 };
  return {
    name: 'Gaussian points',
    data: { kind: 'separable-gaussian', ...size, seed },
    ...linear,
    start: { kind: 'he', scale: 0.1, seed },
  };
}

/** Three kinds of clothes, whose margins are those of pairs of classes. */
function clothes(seed: number, perClass: number): ProblemSpec {
  return {
    name: 'three classes of clothes',
    data: { kind: 'fashion-mnist-tiny', classes: [1, 5, 9], perClass, span: true },
    ...linear,
    start: { kind: 'he', scale: 0.1, seed },
  };
}

/** The experiments of `losses`: linear models under all tails, and a network under two. */
export function lossesPlan({ scale, seed }: PlanSettings) {
  const powers = MORE_POWERS[scale].map((power): TailSpec => ({ kind: 'polynomial', power }));
  const tails = [...TAILS, ...powers, HINGE];
  const followed = (problem: ProblemSpec, of: readonly TailSpec[]): LossLimitsExperiment => ({
    kind: 'loss-limits',
    problem,
    tails: of,
    decades: DECADES,
  });
  const network = (loss: 'exponential' | 'logistic'): FlowExperiment => ({
    kind: 'flow',
    problem: planarSpec('squared-relu', seed, loss),
    decades: 7,
  });
  return {
    crowd: followed(crowded(seed), tails),
    drawn: followed(drawn(seed), tails),
    classes: followed(clothes(seed, CLASS_SIZES[scale]), [...OF_CLASSES, HINGE]),
    /** A network has many KKT points, and the same start may lead to another one: reported. */
    networks: [network('exponential'), network('logistic')],
  };
}

/** What the claim is judged by. */
export type LossesRecord = RecordsOf<ReturnType<typeof lossesPlan>>;
