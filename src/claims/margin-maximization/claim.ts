import type { FlowRecord } from '../../records/index.js';
import { listed } from '../../text/numbers.js';
import { defineClaim, type Evidence } from '../claim.js';
import { certified } from '../common/certified.js';
import { DECADES_JUDGED, SHRINKAGE } from '../common/flow-plans.js';
import { premise } from '../common/premise.js';
import { askedFactor } from '../common/rate.js';
import {
  atLeast,
  atMost,
  fallFromHighest,
  neverAgainst,
  provided,
  reported,
  shrinks,
  shrinksOnAverage,
} from '../common/rules.js';
import { courseOf, settling, unsettled } from '../common/unsettled.js';
import { maximizationFigures } from './figures.js';
import { FALLS, marginMaximizationPlan, MONOTONE } from './plan.js';

/** What alignment implies for margins. */
export const marginMaximization = defineClaim({
  id: 'margin-maximization',
  title: 'Margins grow to a KKT point of the margin problem',
  statement:
    'Once the loss is below ℓ(0) the smoothed margin α/‖θ‖^L never decreases, the normalized margin ' +
    'converges, and the limit direction satisfies the first-order (KKT) conditions of ' +
    'min ½‖θ‖² subject to pᵢ(θ) ≥ 1.',
  source:
    'Lyu & Li 2019 (arXiv 1906.05890) for monotone margins and KKT points; Ji & Telgarsky 2020 ' +
    '(arXiv 2006.06657) for the whole curve',
  expected: 'supported',
  criterion:
    'The premise is α > 0. ' +
    `No later value of the smoothed margin may lie further below an earlier one than ${MONOTONE} of it, while α > 0 (the ` +
    'integrator’s tolerance); the gap between the normalized margin and that of the limit has to shrink by ' +
    `a factor ≤ ${SHRINKAGE} per decade over the last three decades of α, and the KKT residual of the flow ` +
    'itself in the mean over them (it jumps where a constraint comes within 0.1 % of the smallest margin); a ' +
    'residual that shrinks in none contradicts, as does such a gap. The limit has to solve the KKT ' +
    'conditions to 10⁻¹² with positive multipliers and all other constraints slack, to be stable (λ < 1), ' +
    'to lie above every smoothed margin of the flow, and to be neared like α^(−(1−λ)/L). Slopes outside [0, 1] on ' +
    'kinks are a failure of the solver and never contradict. A run that is ' +
    'near a KKT point that is not stable is left open. KKT points need not be local optima, so this ' +
    'supports stationarity, not global optimality.',
  headline: {
    metric: 'gap of the normalized margin to the limit',
    words: 'a decade leaves # of the gap to the limit',
  },
  plan: marginMaximizationPlan,
  judge(record) {
    return [...record.flows, record.kinked].flatMap(maximizationEvidence);
  },
  figures: maximizationFigures,
});

/** What one flow says about its margins. */
export function maximizationEvidence(run: FlowRecord): Evidence[] {
  const { name } = run.problem;
  const { measurements, certificate, decadePoints } = run;
  const { margin } = certificate.limit;
  const limit = certified(name, certificate, run.highestMargin);
  const points = decadePoints.slice(-DECADES_JUDGED);
  const gaps = points.map((point) => Math.abs(margin - point.smallestMargin) / margin);
  const separated = run.result.marks.find((mark) => mark.name === 'separation')?.point;
  const first = decadePoints[0].smallestMargin;
  const end = points[points.length - 1];
  const sliding = end.kinks?.length ?? 0;
  const onKinks =
    sliding === 0 ? '' : `, with a multiplier for each of the ${sliding} kinks it slides on`;
  const asked = askedFactor(certificate);
  const found = unsettled(courseOf(run), DECADES_JUDGED, SHRINKAGE);
  const residuals = run.decadeMeasures
    .slice(-1 - DECADES_JUDGED)
    .map(({ kktResidual = NaN }) => kktResidual);
  const { alpha, smoothedMargin } = measurements;
  return [
    premise(run),
    atMost(
      `largest relative decrease of the smoothed margin, ${name}`,
      fallFromHighest(smoothedMargin.filter((_, k) => alpha[k] > 0)),
      MONOTONE,
      FALLS,
      'from the largest value so far to a later one, with α > 0; 0 where it never decreases',
    ),
    settling(
      found,
      provided(
        limit.every(({ verdict }) => verdict === 'supported'),
        shrinks(
          `gap of the normalized margin to the limit, ${name}`,
          gaps,
          asked,
          `relative gaps ${listed(gaps)}; γ = ${margin.toPrecision(6)}`,
        ),
      ),
    ),
    ...limit,
    reported(
      `growth of the normalized margin since α = 1, ${name}`,
      margin / first,
      `from ${first.toPrecision(3)}${separated ? `; the data were separated at α = ${separated.alpha.toPrecision(3)}` : ''}`,
    ),
    settling(
      found,
      shrinksOnAverage(
        `fall of the KKT residual of the flow itself, ${name}`,
        residuals,
        asked,
        `residuals ${listed(residuals)}, a decade of α apart: ‖θ − Σ λ∇p‖/‖θ‖ by non-negative least squares over the margins within 0.1 % of the smallest`,
      ),
    ),
    reported(
      `KKT residual of the flow itself, ${name}`,
      run.kktResidual,
      `at α = ${end.alpha.toPrecision(1)}${onKinks}`,
    ),
    ...judgeKinks(run),
  ];
}

/** Slopes on the kinks of the limit lie in the Clarke subdifferential [0, 1], or the solver failed. */
function judgeKinks({ problem, certificate }: FlowRecord): Evidence[] {
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
