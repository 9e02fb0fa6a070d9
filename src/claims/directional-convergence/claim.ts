import type { DescentRecord, FlowRecord } from '../../records/index.js';
import { SHARE_OF_RATE } from '../../numerics/rates.js';
import { listed } from '../../text/numbers.js';
import { certified } from '../common/certified.js';
import { defineClaim, type Evidence } from '../claim.js';
import { DECADES_JUDGED, SHRINKAGE } from '../common/flow-plans.js';
import { lastOf } from '../common/last.js';
import { premise } from '../common/premise.js';
import { askedFactor, rate } from '../common/rate.js';
import { neverAgainst, provided, reported, shrinks, worstRatio } from '../common/rules.js';
import { courseOf, settling, unsettled } from '../common/unsettled.js';
import { convergenceFigures } from './figures.js';
import { directionalConvergencePlan } from './plan.js';

/** Theorem 3.1 and its corollaries. */
export const directionalConvergence = defineClaim({
  id: 'directional-convergence',
  title: 'The weights converge in direction',
  statement:
    'Once the loss of a homogeneous network is below ℓ(0), which is more than that it classifies its data, ' +
    'gradient flow on an exponential-tailed loss sends ‖θ‖ to infinity while θ/‖θ‖ sweeps a path of finite length ' +
    'and so converges; predictions, training errors and the margin distribution converge with it.',
  source: 'Ji & Telgarsky 2020 (arXiv 2006.06657), Theorem 3.1',
  expected: 'supported',
  criterion:
    'The premise is 𝓛 < ℓ(0), that is α > 0, and margins that are locally Lipschitz, homogeneous and definable. ' +
    `Finite length is judged, not assumed: over the last ${DECADES_JUDGED} decades of α the length swept ` +
    `per decade has to shrink by a factor ≤ ${SHRINKAGE} each time (a geometric series has a finite sum; ` +
    'a direction that never settles sweeps a constant length per decade, and that contradicts), and the ' +
    'angle to the certified limit has to fall alike. Both go like α^(−(1−λ)/L), so they are expected to fall by ' +
    '10^(−(1−λ)/L) per decade, where λ is the largest eigenvalue of the curvature that the support vectors make at ' +
    'the limit, in its own units: 0 for parameters that stop growing, and 1 where a deviation grows as fast as ' +
    `‖θ‖. The last ratio has to have ${SHARE_OF_RATE} to 1/${SHARE_OF_RATE} of that exponent; where even that ` +
    `is slower than ${SHRINKAGE}, it is what is asked for. Where ReLU units trade mass, limits form a manifold: ` +
    'lengths, predictions and margins do not depend on its point and are judged, the angle to one is reported, and ' +
    'the rate is that at which each start’s angle to its own point falls. A ' +
    'run that is near a KKT point with λ > 1, which it leaves, is left open. That training errors stay 0 is no ' +
    'test where α > 0, and is reported.',
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
  const limit = certified(name, certificate, run.highestMargin);
  const known = limit.every(({ verdict }) => verdict === 'supported');
  const asked = askedFactor(certificate);
  const found = unsettled(courseOf(run), DECADES_JUDGED, SHRINKAGE);
  return [
    premise(run),
    settling(
      found,
      shrinks(
        `length per decade of α, ${name}`,
        lengths,
        asked,
        `lengths ${listed(lengths)} rad up to α = ${lastOf(run.decadePoints).alpha.toPrecision(1)}`,
      ),
    ),
    ...limit,
    ...againstLimit(run, asked).map((evidence) => settling(found, provided(known, evidence))),
    settling(found, rateOf(run, lengths, known)),
    reported(
      `change of the training error over the last three decades, ${name}`,
      errorChange(run, run.decadePoints.slice(-DECADES_JUDGED)[0].alpha),
      'share of examples whose classification changes: none can where α > 0, so that this is no test',
    ),
  ];
}

/** What is measured against a limit; it says nothing where the limit is not the right one. */
function againstLimit(run: FlowRecord, asked: number): Evidence[] {
  const { certificate, problem } = run;
  const { name } = problem;
  const { angles } = certificate;
  const { flat } = certificate.limit.stability;
  const late = run.decadeMeasures.slice(-DECADES_JUDGED);
  const metric = `angle to the certified limit, ${name}`;
  const note = `angles ${listed(angles)} rad`;
  return [
    flat === 0
      ? shrinks(metric, angles, asked, note)
      : reported(
          metric,
          worstRatio(angles),
          `${note}, each to the point where it leads on a manifold of limits of dimension ${flat}; which point that is is not known beforehand, so that it is not judged`,
        ),
    shrinks(
      `distance of the predictions to their limit, ${name}`,
      late.map(({ predictionDistance }) => predictionDistance),
      asked,
      'largest difference of Φ(x; θ/‖θ‖) from its limit on inputs that were not trained on, as a share of γ, at the last three decades',
    ),
    shrinks(
      `distance of the margin distribution to its limit, ${name}`,
      late.map(({ marginDistance }) => marginDistance),
      asked,
      'mean difference of the sorted normalized margins from those at the limit (Wasserstein distance), as a share of γ',
    ),
  ];
}

/**
 * How fast the direction settles, beside what λ says. On a manifold of limits λ speaks of what leads off it, which
 * is the angle of each start to the point where it leads; of the way along it λ says nothing.
 */
function rateOf(
  { problem, certificate, decadeMeasures }: FlowRecord,
  lengths: readonly number[],
  known: boolean,
): Evidence {
  const { measuredRatios, limit } = certificate;
  const ratios = lengths.slice(1).map((length, k) => length / lengths[k]);
  const lambdas = decadeMeasures.slice(-1 - DECADES_JUDGED).map(({ lambda }) => lambda);
  const off =
    limit.stability.flat === 0 ? '' : ' to the manifold of limits, each start to its own point,';
  return rate(
    `rate at which the angle falls ÷ predicted rate, ${problem.name}`,
    lastOf(measuredRatios),
    certificate,
    known,
    `per decade the angle${off} ${listed(measuredRatios)}, the length ${listed(ratios)}; λ along the last points of the run ${listed(lambdas)}`,
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
