import type { DescentRecord, FlowRecord } from '../../records/index.js';
import { listed } from '../../text/numbers.js';
import { certified } from '../common/certified.js';
import { defineClaim, type Evidence } from '../claim.js';
import { DECADES_JUDGED, SHRINKAGE } from '../common/flow-plans.js';
import { atMost, neverAgainst, provided, reported, shrinks, worstRatio } from '../common/rules.js';
import { courseOf, settling, unsettled } from '../common/unsettled.js';
import { convergenceFigures } from './figures.js';
import { directionalConvergencePlan, ERROR_CHANGE } from './plan.js';

/** Theorem 3.1 and its corollaries. */
export const directionalConvergence = defineClaim({
  id: 'directional-convergence',
  title: 'The weights converge in direction',
  statement:
    'Once a homogeneous network classifies its data, gradient flow on an exponential-tailed loss ' +
    'sends ‖θ‖ to infinity while θ/‖θ‖ sweeps a path of finite length and so converges; predictions, ' +
    'training errors and the margin distribution converge with it.',
  source: 'Ji & Telgarsky 2020 (arXiv 2006.06657), Theorem 3.1',
  expected: 'supported',
  criterion:
    `Finite length is judged, not assumed: over the last ${DECADES_JUDGED} decades of α the length swept ` +
    `per decade has to shrink by a factor ≤ ${SHRINKAGE} each time (a geometric series has a finite sum; ` +
    'a direction that never settles sweeps a constant length per decade, and that contradicts), and the ' +
    'angle to the certified limit has to fall alike. Both are expected to fall by 10^(−(1−λ)/L) per decade, ' +
    'where λ is the largest eigenvalue of the curvature that the support vectors make at the limit, in its ' +
    'own units: 0 for parameters that stop growing, and 1 where a deviation grows as fast as ‖θ‖. A run ' +
    'that rests near a KKT point with λ > 1, which it will leave, is left open.',
  headline: {
    metric: 'length per decade of α',
    words: 'a decade of α sweeps # of the length before',
  },
  plan: directionalConvergencePlan,
  judge(record) {
    return [...record.flows.flatMap(convergenceEvidence), ...judgeDescent(record.descent)];
  },
  figures: convergenceFigures,
});

/** What one flow says about the convergence of its direction. */
export function convergenceEvidence(run: FlowRecord): Evidence[] {
  const { certificate } = run;
  const { name } = run.problem;
  const lengths = run.decades.slice(-DECADES_JUDGED).map(({ length }) => length);
  const points = run.decadePoints.slice(-DECADES_JUDGED);
  const late = run.decadeMeasures.slice(-DECADES_JUDGED);
  const limit = certified(name, certificate, run.highestMargin);
  const known = limit.every(({ verdict }) => verdict === 'supported');
  const { flat } = certificate.limit.stability;
  const place =
    flat === 0
      ? ''
      : `, each to the point where it leads on a manifold of limits of dimension ${flat}`;
  // What is measured against a limit says nothing where the limit is not the right one.
  const againstLimit = [
    shrinks(
      `angle to the certified limit, ${name}`,
      certificate.angles,
      SHRINKAGE,
      `angles ${listed(certificate.angles)} rad${place}`,
    ),
    shrinks(
      `distance of the predictions to their limit, ${name}`,
      late.map(({ predictionDistance }) => predictionDistance),
      SHRINKAGE,
      'largest difference of Φ(x; θ/‖θ‖) from its limit on inputs that were not trained on, as a share of γ, at the last three decades',
    ),
    shrinks(
      `distance of the margin distribution to its limit, ${name}`,
      late.map(({ marginDistance }) => marginDistance),
      SHRINKAGE,
      'mean difference of the sorted normalized margins from those at the limit (Wasserstein distance), as a share of γ',
    ),
  ];
  const found = unsettled(courseOf(run), DECADES_JUDGED, SHRINKAGE);
  return [
    settling(
      found,
      shrinks(
        `length per decade of α, ${name}`,
        lengths,
        SHRINKAGE,
        `lengths ${listed(lengths)} rad up to α = ${lastOf(run.decadePoints).alpha.toPrecision(1)}`,
      ),
    ),
    ...limit,
    ...againstLimit.map((evidence) => settling(found, provided(known, evidence))),
    rateOf(run, lengths),
    atMost(
      `change of the training error over the last three decades, ${name}`,
      errorChange(run, points[0].alpha),
      0,
      ERROR_CHANGE,
      'share of examples whose classification changes; with the risk this low it has to be 0',
    ),
  ];
}

/** How fast the direction settles, beside what λ says. */
function rateOf({ problem, certificate }: FlowRecord, lengths: readonly number[]): Evidence {
  const { measuredRatios, predictedRatio, limit } = certificate;
  const { lambda } = limit.stability;
  const ratios = lengths.slice(1).map((length, k) => length / lengths[k]);
  return reported(
    `last ratio of the angle per decade ÷ predicted one, ${problem.name}`,
    lastOf(measuredRatios) / predictedRatio,
    `predicted ${predictedRatio.toPrecision(4)}, with λ = ${lambda.toPrecision(4)}; measured ${listed(measuredRatios)}, and for the lengths ${listed(ratios)}`,
  );
}

/** Largest change of the training error between rows from the given α on; NaN without such rows. */
function errorChange(run: FlowRecord, fromAlpha: number): number {
  const { alpha, trainingError } = run.measurements;
  const late = trainingError.filter((_, k) => alpha[k] >= fromAlpha);
  if (late.length === 0) return NaN;
  return Math.max(...late) - Math.min(...late);
}

/** Descent has no theorem of its own here: it can fail to support the claim, not contradict it. */
function judgeDescent(run: DescentRecord): Evidence[] {
  const { name } = run.problem;
  const lengths = run.decades.slice(-DECADES_JUDGED).map(({ length }) => length);
  const raw = run.rawDecades.slice(-DECADES_JUDGED).map(({ length }) => length);
  const last = run.result.averagedAlignment.length - 1;
  const finished = run.result.status === 'finished';
  const sampled = neverAgainst(
    shrinks(
      `length per decade of α, ${name}, descent with steps ${run.c}/α`,
      finished ? lengths : [],
      SHRINKAGE,
      `directions sampled every 5 % of α: lengths ${listed(lengths)} rad`,
    ),
  );
  return [
    sampled,
    reported(
      `raw length per decade of α, ${name}, descent`,
      worstRatio(raw),
      `control: every step counted, chatter across kinks included: ${listed(raw)} rad`,
    ),
    reported(
      `alignment of the averaged gradient, ${name}, descent`,
      run.result.averagedAlignment[last],
      'cosine between θ and the mean of the last steps (over 5 % of α)',
    ),
    reported(
      `alignment of the instantaneous gradient, ${name}, descent`,
      run.measurements.alignment[last],
      'control: beside the averaged one it shows how much the steps cross kinks',
    ),
  ];
}

function lastOf<T>(values: readonly T[]): T {
  return values[values.length - 1];
}
