import {
  kinkedFlowRecord,
  type DescentRecord,
  type KinkedFlowRecord,
  type UnfinishedRecord,
} from '../../records/index.js';
import { quantile } from '../../numerics/vectors.js';
import { digits, listed } from '../../text/numbers.js';
import { defineClaim, verdictOf, type Evidence, type Verdict } from '../claim.js';
import { certified } from '../common/certified.js';
import { SHRINKAGE } from '../common/flow-plans.js';
import { DEFINABLE, positiveAlpha } from '../common/premise.js';
import { askedFactor, asPredicted, rateQuotient } from '../common/rate.js';
import { atLeast, atMost, neverAgainst, provided, reported, shrinks } from '../common/rules.js';
import { kinkedCourse, settling, unsettled } from '../common/unsettled.js';
import { reluAlignmentFigures } from './figures.js';
import { finishedOf, isSettled, isSound, isTold } from './soundness.js';
import { ALIGNED, COSINE, ON_KINKS, POINTS, reluAlignmentPlan, SOUND } from './plan.js';

/** A question of ours: no theorem that we know of answers it. */
export const reluAlignment = defineClaim({
  id: 'relu-alignment',
  title: 'Does the Clarke flow of ReLU networks align with the weights?',
  statement:
    'Where a ReLU network has kinks its flow follows the shortest element of the Clarke subdifferential. ' +
    'In most runs this velocity converges to the direction of the weights, though gradients that jump are ' +
    'beyond the theorem on alignment.',
  source:
    'A question of ours, beyond Theorem 4.1 of Ji & Telgarsky 2020 (arXiv 2006.06657), which asks for ' +
    'locally Lipschitz gradients',
  expected: 'supported',
  criterion:
    `A run aligns where the largest angle in a decade of α shrinks by a factor ≤ ${SHRINKAGE} from each of ` +
    `the last four decades to the next, and the cosine stays above ${COSINE} in the last. It is sound where ` +
    'its slopes lie in [0, 1] and the shortest element of the Clarke subdifferential, found afresh from the ' +
    `weights alone, has the same angle. At least ${100 * SOUND} % of all runs have to finish and be sound, ` +
    `${100 * ALIGNED} % of these to align, and half of them to end on kinks, else nothing was asked. One ` +
    'sound run whose direction settles while its angle shrinks from no decade to the next contradicts, but ' +
    'for runs that rest near a KKT point that is not stable (λ > 1) and leave it late. The ' +
    'tangent of the angle is the speed of the direction per log ‖θ‖. So where a path has finite length the ' +
    'angle is small on average, and what is asked is that it has no spikes. It goes like α^(−(1−λ)/2): in the ' +
    'median the last ratio of the certified runs has to have the exponent that λ of their limits predicts. No ' +
    'limit is needed to measure the angle, which is a good thing: where ReLU units trade mass, limits form a manifold.',
  headline: { metric: 'share of sound runs that align', words: 'share of runs that align: #' },
  plan: reluAlignmentPlan,
  judge(record) {
    const { sweep, images, plane, descent } = record;
    const runs = finishedOf(sweep);
    const kinked = images.kind === 'flow' ? kinkedFlowRecord(images) : images;
    return [
      ...judgeSweep(runs, sweep.filter(isUnfinished)),
      ...judgeImages(kinked),
      ...reportSweep(runs.filter(isSound)),
      ...reportControls(runs, kinkedFlowRecord(plane), descent),
    ];
  },
  figures: reluAlignmentFigures,
});

function isUnfinished(record: KinkedFlowRecord | UnfinishedRecord): record is UnfinishedRecord {
  return record.kind === 'unfinished';
}

/** What one sound run says. */
export function alignmentVerdict(run: KinkedFlowRecord): Verdict {
  return verdictOf(reluAlignmentEvidence(run));
}

/** The evidence of one run, sound or not. */
export function reluAlignmentEvidence(run: KinkedFlowRecord): Evidence[] {
  const { name, decades } = run;
  const angles = decades.slice(-POINTS).map(({ largest }) => largest);
  const evidence = [
    atLeast(
      `cosine in the last decade, ${name}`,
      Math.cos(angles[angles.length - 1]),
      COSINE,
      0.5,
      `smallest cosine between θ and the velocity up to α = ${last(run).alpha.toPrecision(1)}`,
    ),
    shrinks(
      `largest angle in a decade, ${name}`,
      angles.length < POINTS ? [] : angles,
      askedFactor(run.certificate),
      `between θ and the velocity, over the last four decades of α: ${listed(angles)} rad`,
    ),
  ];
  const found = unsettled(kinkedCourse(run), POINTS - 1, SHRINKAGE);
  const own = evidence.map((piece) => settling(found, piece));
  // An angle that is down to rounding shrinks no further.
  const told = decades.slice(-POINTS).every(isTold);
  return isSettled(run) && told ? own : own.map(neverAgainst);
}

function judgeSweep(
  runs: readonly KinkedFlowRecord[],
  unfinished: readonly UnfinishedRecord[],
): Evidence[] {
  const name = 'planar relu';
  const all = runs.length + unfinished.length;
  const sound = runs.filter(isSound);
  const having = (wanted: Verdict) => sound.filter((run) => alignmentVerdict(run) === wanted);
  const against = having('contradicted');
  const onKinks = sound.filter((run) => last(run).kinks.length > 0);
  const first = unfinished.length > 0 ? `; the first: ${unfinished[0].message}` : '';
  return [
    judgePremise(runs),
    atLeast(
      `share of runs that finish and are sound, ${name}`,
      sound.length / all,
      SOUND,
      -Infinity,
      `of ${all} runs ${unfinished.length} did not reach their goal and ${runs.length - sound.length} are not sound${first}`,
    ),
    atLeast(
      `share of sound runs that align, ${name}`,
      having('supported').length / sound.length,
      ALIGNED,
      -Infinity,
      `left open: ${placesOf(having('inconclusive'))}${whyOpen(having('inconclusive'))}`,
    ),
    atMost(
      `sound runs that do not align, ${name}`,
      against.length,
      0,
      1,
      `settled, and an angle that shrinks from no decade to the next, or a cosine of at most 0.5: ${placesOf(against)}`,
    ),
    atLeast(
      `share of sound runs on kinks at the end, ${name}`,
      onKinks.length / sound.length,
      ON_KINKS,
      -Infinity,
      'without kinks to slide on the gradient is smooth where the flow is, and nothing is asked',
    ),
    judgeRate(sound),
  ];
}

/** What the theorem on alignment asks for, and which part of it is missing. */
function judgePremise(runs: readonly KinkedFlowRecord[]): Evidence {
  const alphas = runs.map(({ decades }) => (decades.at(-POINTS) ?? decades[0]).alpha);
  return positiveAlpha(
    'least α from where on a run is judged, planar relu',
    alphas.length > 0 ? Math.min(...alphas) : NaN,
    `${DEFINABLE}; that ∇p be locally Lipschitz is missing, for it jumps at kinks`,
  );
}

/** The fall of the angle against what λ predicts, where a limit is certified. */
function judgeRate(sound: readonly KinkedFlowRecord[]): Evidence {
  const certain = sound.filter(isCertified);
  const quotients = certain.map((run) => rateQuotient(lastRatio(run, 'angle'), run.certificate));
  return asPredicted(
    'rate at which the angle falls ÷ predicted rate, planar relu',
    quantile(quotients, 0.5),
    certain.length > 0,
    `exponent of α, measured ÷ (1 − λ)/2, median of the ${certain.length} sound runs with a certified limit; from ${digits(Math.min(...quotients))} to ${digits(Math.max(...quotients))}`,
  );
}

function placesOf(runs: readonly KinkedFlowRecord[]): string {
  const places = runs.map(({ seed, loss }) => `seed ${seed} (${loss})`);
  return places.length === 0 ? 'none' : places.join(', ');
}

/** What holds up those that rest near a saddle; of the others, what their angles do. */
function whyOpen(runs: readonly KinkedFlowRecord[]): string {
  const reasons = runs.map((run) => {
    const found = unsettled(kinkedCourse(run), POINTS - 1, SHRINKAGE);
    const angles = run.decades.slice(-POINTS).map(({ largest }) => largest);
    const why = found?.why ?? `the largest angles of its last decades are ${listed(angles)} rad`;
    return `; seed ${run.seed} (${run.loss}): ${why}`;
  });
  return reasons.join('');
}

function judgeImages(run: KinkedFlowRecord | UnfinishedRecord): Evidence[] {
  if (run.kind === 'unfinished') {
    const metric = 'largest angle in a decade, images relu';
    return [neverAgainst(atMost(metric, NaN, SHRINKAGE, Infinity, run.message))];
  }
  return reluAlignmentEvidence(run).map((evidence) => provided(isSound(run), evidence));
}

/** What the sweep shows beside the question. */
function reportSweep(sound: readonly KinkedFlowRecord[]): Evidence[] {
  const name = 'planar relu';
  const median = (of: (run: KinkedFlowRecord) => number) => quantile(sound.map(of), 0.5);
  const predicted = ({ certificate }: KinkedFlowRecord) => certificate.predictedRatio;
  return [
    reported(
      `ratio of the last angle to the one before, ${name}`,
      median((run) => lastRatio(run, 'angle')),
      `median; the angle falls like α^{−(1−λ)/2}, and the λ of the limits predict ${median(predicted).toPrecision(3)} in the median, where 0.316 is λ = 0`,
    ),
    reported(
      `ratio of the last length to the one before, ${name}`,
      median((run) => lastRatio(run, 'length')),
      'median; the length that θ/‖θ‖ sweeps in a decade of α',
    ),
    reported(
      `share of limits certified with Clarke multipliers, ${name}`,
      sound.filter(isCertified).length / sound.length,
      'stable KKT points of the margin problem to rounding, with slopes in [0, 1], alike from three starts and neared as fast as λ says',
    ),
    reported(
      `KKT residual of the flow at the end, ${name}`,
      median((run) => last(run).kktResidual),
      'median, with a multiplier for each kink that the flow slides on',
    ),
    reported(
      `stretches of sliding in a run, ${name}`,
      median(({ stretches }) => stretches),
      `median; kinks slid on at the end: ${median((run) => last(run).kinks.length)}`,
    ),
  ];
}

/** What alignment would seem to be without the Clarke multipliers, and for descent. */
function reportControls(
  runs: readonly KinkedFlowRecord[],
  plane: KinkedFlowRecord,
  descent: DescentRecord,
): Evidence[] {
  const onKinks = runs.filter((run) => isSound(run) && last(run).kinks.length > 0);
  const cosines = onKinks.map((run) => Math.cos(last(run).oneSided));
  const { result, measurements } = descent;
  const end = result.averagedAlignment.length - 1;
  const at = `descent with steps ${descent.c}/α at α = ${result.last.alpha.toPrecision(3)}`;
  const { angle } = last(plane);
  return [
    reported(
      'cosine with slope 0 on every kink, planar relu',
      quantile(cosines, 0.5),
      `control, median of the runs that end on kinks: the gradient without Clarke multipliers; up to ${Math.max(...cosines).toPrecision(3)}`,
    ),
    reported(
      'cosine of every step of descent, planar relu',
      measurements.alignment[end],
      `control: ${at} chatters across the kinks; the flow from the same start ends at an angle of ${angle.toPrecision(3)}`,
    ),
    reported(
      'cosine of averaged steps of descent, planar relu',
      result.averagedAlignment[end],
      `control: the mean of the steps over 5 % of α takes the slopes of the flow; ${at}`,
    ),
  ];
}

/** Whether its limit meets all that is asked of one. */
function isCertified({ name, certificate, highestMargin }: KinkedFlowRecord): boolean {
  return verdictOf(certified(name, certificate, highestMargin)) === 'supported';
}

/** The last of its values, by that a decade of α before. */
function lastRatio(run: KinkedFlowRecord, of: 'angle' | 'length'): number {
  return last(run)[of] / run.decades[run.decades.length - 2][of];
}

function last({ decades }: KinkedFlowRecord): KinkedFlowRecord['decades'][number] {
  return decades[decades.length - 1];
}
