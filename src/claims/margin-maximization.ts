import { highestMargin, imageFlow, planarFlow, type FlowRun } from '../experiments/index.js';
import { kktResidual, snapshot } from '../metrics/index.js';
import { certified } from './certified.js';
import type { Claim, Evidence } from './claim.js';
import { atLeast, atMost, neverAgainst, provided, reported, shrinks } from './rules.js';
import { courseOf, settling, unsettled } from './unsettled.js';

export interface MarginMaximizationRecord {
  /** Squared ReLU on the plane and on images. */
  readonly flows: readonly FlowRun[];
  /** ReLU on the plane, at the limit of which Clarke multipliers stand for the gradients on kinks. */
  readonly kinked: FlowRun;
}

const SHRINKAGE = 0.8;
const DECADES_JUDGED = 3;
/** What rounding and the integrator's tolerance may take from a smoothed margin that only grows. */
const MONOTONE = 1e-9;

/** What alignment implies for margins. */
export const marginMaximization: Claim<MarginMaximizationRecord> = {
  id: 'margin-maximization',
  title: 'Margins grow to a KKT point of the margin problem',
  statement:
    'Once the data are fitted the smoothed margin α/‖θ‖^L never decreases, the normalized margin ' +
    'converges, and the limit direction satisfies the first-order (KKT) conditions of ' +
    'min ½‖θ‖² subject to pᵢ(θ) ≥ 1.',
  source:
    'Lyu & Li 2019 (arXiv 1906.05890) for monotone margins and KKT points; Ji & Telgarsky 2020 ' +
    '(arXiv 2006.06657) for the whole curve',
  expected: 'supported',
  criterion:
    `No later value of the smoothed margin may lie further below an earlier one than ${MONOTONE} of it, while α > 0 (the ` +
    'integrator’s tolerance); the gap between the normalized margin and that of the limit has to shrink by ' +
    `a factor ≤ ${SHRINKAGE} per decade over the last three decades of α; the limit has to solve the KKT ` +
    'conditions to 10⁻¹² with positive multipliers and all other constraints slack, to be stable (λ < 1), ' +
    'to lie above every smoothed margin of the flow, and to be neared as fast as λ says. A run that rests ' +
    'near a KKT point that is not stable is left open. KKT points need not be local optima, so this ' +
    'supports stationarity, not global optimality.',
  async run(settings) {
    return {
      flows: [
        await planarFlow('squared-relu', settings),
        await imageFlow('squared-relu', settings),
      ],
      kinked: await planarFlow('relu', settings),
    };
  },
  judge(record) {
    return [...record.flows, record.kinked].flatMap(maximizationEvidence);
  },
};

/** What one flow says about its margins. */
export function maximizationEvidence(run: FlowRun): Evidence[] {
  const { name } = run.problem;
  const { measurements, certificate, decadePoints } = run;
  const { margin } = certificate.limit;
  const limit = certified(name, certificate, highestMargin(run));
  const points = decadePoints.slice(-DECADES_JUDGED);
  const gaps = points.map((point) => Math.abs(margin - point.smallestMargin) / margin);
  const separated = run.result.marks.find((mark) => mark.name === 'separation')?.point;
  const first = decadePoints[0].smallestMargin;
  const end = points[points.length - 1];
  const last = snapshot(run.problem.objective, end.direction, end.logNorm);
  const { stationarity } = kktResidual(last, 1e-3, end.kinks);
  const sliding = end.kinks?.length ?? 0;
  const onKinks =
    sliding === 0 ? '' : `, with a multiplier for each of the ${sliding} kinks it slides on`;
  return [
    atMost(
      `largest relative decrease of the smoothed margin, ${name}`,
      largestDecrease(measurements.alpha, measurements.smoothedMargin),
      MONOTONE,
      1e-6,
      'from the largest value so far to a later one, with α > 0; 0 where it never decreases',
    ),
    settling(
      unsettled(courseOf(run), DECADES_JUDGED, SHRINKAGE),
      provided(
        limit.every(({ verdict }) => verdict === 'supported'),
        shrinks(
          `gap of the normalized margin to the limit, ${name}`,
          gaps,
          SHRINKAGE,
          `relative gaps ${gaps.map((gap) => gap.toPrecision(3)).join(', ')}; γ = ${margin.toPrecision(6)}`,
        ),
      ),
    ),
    ...limit,
    reported(
      `growth of the normalized margin since α = 1, ${name}`,
      margin / first,
      `from ${first.toPrecision(3)}${separated ? `; the data were separated at α = ${separated.alpha.toPrecision(3)}` : ''}`,
    ),
    reported(
      `KKT residual of the flow itself, ${name}`,
      stationarity,
      `‖θ − Σ λ∇p‖/‖θ‖ by non-negative least squares over the margins within 0.1 % of the smallest, at α = ${end.alpha.toPrecision(1)}${onKinks}`,
    ),
    ...judgeKinks(run),
  ];
}

/** NaN where there are no two rows with α > 0. */
function largestDecrease(alpha: Float64Array, values: Float64Array): number {
  const later = values.filter((_, k) => alpha[k] > 0);
  if (later.length < 2) return NaN;
  let highest = later[0];
  let most = 0;
  for (const value of later) {
    highest = Math.max(highest, value);
    most = Math.max(most, 1 - value / highest);
  }
  return most;
}

/** Slopes on the kinks of the limit lie in the Clarke subdifferential [0, 1], or the solver failed. */
function judgeKinks({ problem, certificate }: FlowRun): Evidence[] {
  const slopes = certificate.limit.kinks
    .map(({ multiplier }) => multiplier)
    .filter((slope) => !Number.isNaN(slope));
  if (slopes.length === 0) return [];
  const note = `${slopes.length} kinks under support vectors; the condition is 0 ≤ slope ≤ 1`;
  return [
    atLeast(`smallest Clarke multiplier, ${problem.name}`, Math.min(...slopes), 0, -Infinity, note),
    atMost(`largest Clarke multiplier, ${problem.name}`, Math.max(...slopes), 1, Infinity, note),
  ].map(neverAgainst);
}
