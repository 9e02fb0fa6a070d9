import { convergenceEvidence } from '../../claims/directional-convergence/claim.js';
import { verdictOf } from '../../claims/claim.js';
import { lastOf } from '../../claims/common/last.js';
import { dualCertificate } from '../../metrics/index.js';
import { activationNamed, evaluator } from '../../networks/index.js';
import type { FlowRecord } from '../../records/index.js';
import type { FlowExperiment } from '../../specs/experiment.js';
import { separationPoint } from '../follow-problem.js';
import { flowProblem } from '../problems.js';
import type { SweepMeasures } from './measure-types.js';

/** Inputs at which the scores of a limit are kept: more would make tables of them. */
const MOST_PROBES = 64;

interface ReadFlow {
  readonly record: FlowRecord;
  readonly verdict: string;
  readonly reason: string;
  /** What no network of two layers, at any width, exceeds by the multipliers of this limit. */
  readonly bound: number;
  readonly scores: readonly number[];
}

/** What a flow says about where it goes, and how. */
export const flowMeasures: SweepMeasures<'flow', ReadFlow> = {
  read(record, spec) {
    const evidence = convergenceEvidence(record);
    const open = evidence.filter(({ verdict }) => /^(contra|inconclusive)/.test(verdict));
    return {
      record,
      verdict: verdictOf(evidence),
      reason: open.map(({ metric, value, note }) => `${metric}: ${value} (${note})`).join('; '),
      ...beyondRecord(record, spec),
    };
  },
  columns: [
    {
      name: 'verdict',
      type: 'text',
      meaning: 'what the claim directional-convergence says of this run: supported, contradicted or inconclusive', // prettier-ignore
      of: ({ verdict }) => verdict,
    },
    {
      name: 'reason',
      type: 'text',
      meaning: 'what was not supported, with its numbers; empty where everything was',
      of: ({ reason }) => reason,
    },
    {
      name: 'certified',
      type: 'flag',
      meaning: 'whether nothing is doubted of the limit',
      of: ({ record }) => record.certificate.doubts.length === 0,
    },
    {
      name: 'doubts',
      type: 'text',
      meaning: 'what is doubted of the limit',
      of: ({ record }) => record.certificate.doubts.join('; '),
    },
    {
      name: 'degree',
      type: 'number',
      meaning: 'L, the degree of homogeneity',
      of: ({ record }) => record.problem.degree,
    },
    {
      name: 'margin',
      type: 'number',
      meaning: 'γ, the normalized margin of the limit',
      of: ({ record }) => record.certificate.limit.margin,
    },
    {
      name: 'smoothed_margin',
      type: 'number',
      meaning: 'α/‖θ‖^L, the largest of the run; it rises to γ',
      of: ({ record }) => record.highestMargin,
    },
    {
      name: 'limit_lambda',
      type: 'number',
      meaning: 'λ at the limit: deviations fall like α^(−(1−λ)/L); above 1 the flow leaves it',
      of: ({ record }) => record.certificate.limit.stability.lambda,
    },
    {
      name: 'unstable',
      type: 'whole',
      meaning: 'directions in which the flow leaves the limit',
      of: ({ record }) => record.certificate.limit.stability.unstable,
    },
    {
      name: 'flat',
      type: 'whole',
      meaning: 'dimension of the manifold of KKT points there',
      of: ({ record }) => record.certificate.limit.stability.flat,
    },
    {
      name: 'support',
      type: 'whole',
      meaning: 'examples that press at the limit',
      of: ({ record }) => record.certificate.limit.support.length,
    },
    {
      name: 'kkt_residual',
      type: 'number',
      meaning: 'KKT residual of the limit, as a share; rounding where it is certified',
      of: ({ record: { certificate } }) =>
        Math.max(certificate.limit.residual, certificate.limit.feasibility),
    },
    {
      name: 'alpha_separated',
      type: 'number',
      meaning: 'α where the last example was classified; empty where the run began there',
      of: ({ record }) => separationPoint(record.result)?.alpha ?? null,
    },
    {
      name: 'alpha_last',
      type: 'number',
      meaning: 'the last power of ten of α that was reached',
      of: ({ record }) => lastOf(record.decadePoints).alpha,
    },
    {
      name: 'length',
      type: 'number',
      meaning: 'length that θ/‖θ‖ swept from the start on, radians',
      of: ({ record }) => record.result.last.pathLength,
    },
    {
      name: 'length_after_separation',
      type: 'number',
      meaning: 'the same from where the last example was classified, radians',
      of: ({ record: { result } }) =>
        result.last.pathLength - (separationPoint(result)?.pathLength ?? 0),
    },
    {
      name: 'lengths',
      type: 'numbers',
      meaning: 'the same in each decade of α from 1 on, radians',
      of: ({ record }) => record.decades.map(({ length }) => length),
    },
    {
      name: 'angle',
      type: 'number',
      meaning: 'angle to the limit at the last power of ten, radians',
      of: ({ record }) => record.certificate.angles.at(-1) ?? null,
    },
    {
      name: 'measured_ratio',
      type: 'number',
      meaning: 'factor by which the angle fell in the last decade of α',
      of: ({ record }) => record.certificate.measuredRatios.at(-1) ?? null,
    },
    {
      name: 'predicted_ratio',
      type: 'number',
      meaning: 'the same by λ: 10^(−(1−λ)/L)',
      of: ({ record }) => record.certificate.predictedRatio,
    },
    {
      name: 'saddles',
      type: 'whole',
      meaning: 'KKT points with λ > 1 that the run came near',
      of: ({ record }) => record.visits.length,
    },
    {
      name: 'saddle_lambdas',
      type: 'numbers',
      meaning: 'λ of each of them',
      of: ({ record }) => record.visits.map(({ lambda }) => lambda),
    },
    {
      name: 'saddle_margins',
      type: 'numbers',
      meaning: 'γ of each of them',
      of: ({ record }) => record.visits.map(({ margin }) => margin),
    },
    {
      name: 'saddle_left_at',
      type: 'numbers',
      meaning: 'the last power of ten of α at which the run was near each of them',
      of: ({ record }) => record.visits.map(({ toAlpha }) => toAlpha),
    },
    {
      name: 'bound',
      type: 'number',
      meaning:
        'what no network of two such layers exceeds, at any width, by the multipliers of this limit (the dual certificate); for binary two-layer networks of degree 2 or more', // prettier-ignore
      of: ({ bound }) => bound,
    },
    {
      name: 'limit_margins',
      type: 'numbers',
      meaning: 'the margin of every example at the limit',
      of: ({ record }) => [...record.limitMargins],
    },
    {
      name: 'limit_scores',
      type: 'numbers',
      meaning: `the scores of the limit at the probe of the description, where that is at most ${MOST_PROBES} inputs`,
      of: ({ scores }) => scores,
    },
  ],
};

/** What a record does not hold and its network says: the bound on margins, and what the limit computes. */
function beyondRecord(
  { certificate: { limit } }: FlowRecord,
  { problem: spec }: FlowExperiment,
): Pick<ReadFlow, 'bound' | 'scores'> {
  const problem = flowProblem(spec);
  const { objective, data, probe } = problem;
  const { degree } = objective.network;
  const { network } = spec;
  const activation = activationNamed(problem.activation);
  const fixed = network.kind === 'two-layer' ? (network.fixed?.output?.flat() ?? []) : [];
  const order = degree.homogeneous ? degree.degree : NaN;
  const isBounded =
    network.kind === 'two-layer' &&
    activation !== undefined &&
    order >= 2 &&
    data.classes === 2 &&
    fixed.every((weight) => Math.abs(weight) === 1);
  const small = spec.probe !== undefined && probe.length / data.dimension <= MOST_PROBES;
  return {
    bound: isBounded
      ? largestPerNorm(activation.power, fixed.length > 0) *
        dualCertificate(activation, data.inputs, data.labels, limit.multipliers).value
      : NaN,
    scores: small ? [...evaluator(objective.network, probe).outputs(limit.direction)] : [],
  };
}

/**
 * What a unit a σ(w·x) of the power k with ‖(a, w)‖ = 1 can be at most, as a multiple of σ(u·x) with ‖u‖ = 1: the
 * largest a ‖w‖^k, which is ½ for k = 1. As the degree is 2 at least, several units of the same norm are no more.
 */
function largestPerNorm(power: number, isFixed: boolean): number {
  return isFixed ? 1 : (power / (power + 1)) ** (power / 2) / Math.sqrt(power + 1);
}
