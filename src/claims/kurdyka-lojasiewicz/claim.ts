import { interpolateAt } from '../../metrics/paths.js';
import { fallsAsPredicted } from '../../numerics/rates.js';
import { quantile } from '../../numerics/vectors.js';
import type {
  ChainRuleRecord,
  CriticalPointRecord,
  FlowRecord,
  SpiralRecord,
} from '../../records/index.js';
import { digits, listed } from '../../text/numbers.js';
import { defineClaim, type Evidence, type Verdict } from '../claim.js';
import { DECADES_JUDGED, SHRINKAGE } from '../common/flow-plans.js';
import { atMost, provided, reported, shrinks, worstRatio, bestRatio } from '../common/rules.js';
import { lengthPerGapUnit } from '../common/spiral-columns.js';
import { courseOf, settling, unsettled } from '../common/unsettled.js';
import { kurdykaFigures } from './figures.js';
import { finalPower, fittedPower, predictedCourse, remaining, type Remaining } from './lengths.js';
import {
  EXCEPTIONS,
  EXPANSION,
  FAR,
  HALF,
  kurdykaPlan,
  MISMATCH,
  POWER,
  POWER_DECADES,
  SECANTS,
  SPREAD,
  type KurdykaRecord,
} from './plan.js';

/** The units of −log(a − γ̃) on the spiral whose lengths are compared, and what of one each has to bring. */
const UNITS = 6;
const STAYS = 0.99;
/** Where the two parts of the rise of γ̃ are compared. */
const SHARE_AT = 1e4;
/** A mismatch as large as half of what ‖θ‖ grows by is no error of the trapezoidal rule. */
const CONTRADICTS = 0.5;

/** The inequality behind Theorem 3.1. */
export const kurdykaLojasiewicz = defineClaim({
  id: 'kurdyka-lojasiewicz',
  title: 'What is left of the path is bounded by what is left of the margin',
  statement:
    'For definable networks the length that the direction still has to go is bounded by a function of a − γ̃ that ' +
    'vanishes at 0, where a is the limit of the smoothed margin γ̃. In generic flows it falls like (a − γ̃)^½ for degrees ' +
    'L ≥ 2 and like a − γ̃ itself for L = 1. Where the direction circles for ever there is no such function.',
  source:
    'Ji & Telgarsky 2020 (arXiv 2006.06657), the unbounded Kurdyka–Łojasiewicz inequalities behind Theorem 3.1; the ' +
    'powers of generic flows are derived here',
  expected: 'supported',
  criterion:
    `The power is fitted over the last ${POWER_DECADES} decades of α and has to be within ${POWER} of the one that the curvature at the limit ` +
    `makes of where the run was before them; at ${HALF} of it, it contradicts. It says nothing without a certified limit, near an unstable point, or where the run is not yet near its limit. On the spiral each of ` +
    `the last ${UNITS} units of −log(a − γ̃) has to bring at least ${STAYS} of the length of the unit before. At finite critical points of polynomials the ` +
    `secant has to settle, by ${SHRINKAGE} per decade of the distance, as its expansion says to ${100 * EXPANSION} %. Along a ReLU flow every element ` +
    `of the Clarke subdifferential has to give one rate, to ${SPREAD} in all but ${100 * EXCEPTIONS} % of the rows, which is that of the margin, to ${100 * MISMATCH} % in the median.`,
  headline: { metric: 'power of a − γ̃', words: 'powers #' },
  plan: kurdykaPlan,
  judge({ flows, spiral, secants, chainRule }: KurdykaRecord) {
    return [
      ...flows.map(powerOf),
      ...flows.flatMap(asides),
      ...unbounded(spiral),
      ...secants.flatMap(settles),
      ...chainRuleHolds(chainRule),
    ];
  },
  figures: kurdykaFigures,
});

function powerOf(run: FlowRecord): Evidence {
  const rows = remaining(run);
  const late = rows.slice(-1 - POWER_DECADES);
  const enough = rows.length > DECADES_JUDGED;
  const power = enough ? fittedPower(late) : NaN;
  const course = predictedCourse(run, late);
  const predicted = course ? fittedPower(course) : NaN;
  const lengths = late.map(({ length }) => length);
  const gaps = late.map(({ gap }) => gap);
  const ratios = (values: readonly number[]) =>
    values.slice(1).map((value, k) => value / values[k]);
  const expected = Number.isNaN(predicted) ? finalPower(run) : predicted;
  const verdict: Verdict =
    Math.abs(power - predicted) <= POWER
      ? 'supported'
      : power <= HALF * expected
        ? 'contradicted'
        : 'inconclusive';
  const { lambda } = run.certificate.limit.stability;
  const evidence: Evidence = {
    metric: `power of a − γ̃ like which the remaining length falls, ${run.problem.name}`,
    value: power,
    threshold: `${digits(predicted, 4)} ± ${POWER}`,
    note: `degree ${run.problem.degree}${Number.isNaN(lambda) ? '' : `, λ = ${digits(lambda)}`}; per decade of α the length falls by ${listed(ratios(lengths))}, a − γ̃ by ${listed(ratios(gaps))}; ${predictionOf(run, late)}, a power of ${digits(finalPower(run))} in the end`,
    verdict,
  };
  const { angles, measuredRatios, predictedRatio, doubts } = run.certificate;
  const near =
    measuredRatios.length > 0 && fallsAsPredicted(angles, measuredRatios, predictedRatio);
  const note = `${evidence.note}; it is not near its limit yet: the angle to it falls by ${listed(measuredRatios)} where λ predicts ${digits(predictedRatio)}`;
  return settling(
    unsettled(courseOf(run), DECADES_JUDGED, SHRINKAGE),
    provided(near && doubts.length === 0, near ? evidence : { ...evidence, note }),
  );
}

/** What the prediction rests on, in words. */
function predictionOf(run: FlowRecord, late: readonly Remaining[]): string {
  const from = run.decadePoints.findIndex(({ alpha }) => alpha === late[0]?.alpha);
  const deviation = run.decadeMeasures[from]?.deviation;
  if (!deviation)
    return 'the run is too far from its limit, or that is not known, for a prediction';
  const size = Math.hypot(...deviation.sizes, deviation.across);
  const far = size > FAR ? ', for which the first order in it is a rough prediction' : '';
  return `predicted from the parts of its deviation, ${digits(size)} rad, at α = ${digits(late[0].alpha, 2)}${far}; λ alone predicts ${digits(run.certificate.predictedRatio)} for the length`;
}

function asides(run: FlowRecord): Evidence[] {
  const { name, degree } = run.problem;
  const rows = remaining(run);
  const late = rows.slice(-1 - DECADES_JUDGED);
  const power = finalPower(run);
  const constants = late.map(({ gap, length }) => length / gap ** power);
  const at = rows.find(({ alpha }) => Math.abs(alpha / SHARE_AT - 1) < 1e-6);
  return [
    reported(
      `(ζ∞ − ζ)/(a − γ̃)^${digits(power, 2)} at the end, ${name}`,
      constants[constants.length - 1] ?? NaN,
      `${listed(constants)} over the last decades: with a bounded constant c the function Ψ(x) = c x^${digits(power, 2)} will do`,
    ),
    reported(
      `rise of γ̃ by motion across θ ÷ by growth along θ, ${name}`,
      at?.share ?? NaN,
      `at α = 10⁴, tan²(angle)/(H(q)/α) but for a factor 1 + H/α; degree ${degree}: growth along θ dominates where this is small`,
    ),
  ];
}

/** On the spiral the path grows like −log(a − γ̃), where a = 1: no bound on it vanishes with a − γ̃. */
function unbounded({ curve }: SpiralRecord): Evidence[] {
  const lengths = lengthPerGapUnit(curve, UNITS);
  const enough = lengths.length === UNITS;
  const least = enough ? bestRatio(lengths) : NaN;
  const ends = enough && worstRatio(lengths) <= SHRINKAGE;
  const verdict: Verdict = least >= STAYS ? 'supported' : ends ? 'contradicted' : 'inconclusive';
  const sum = (row: number) =>
    curve.pathLength[row] - curve.minusLogGap[row] + 0.5 * Math.log(curve.minusLogGap[row]);
  const last = curve.phi.length - 1;
  const middle = Math.floor(last / 2);
  return [
    {
      metric: 'length of the path per unit of −log(a − γ̃), spiral',
      value: least,
      threshold: `≥ ${STAYS} in each unit`,
      note: `lengths ${listed(lengths)} rad; the smallest ratio of one to the one before. A path this long has no bound that vanishes with a − γ̃`,
      verdict,
    },
    reported(
      'ζ + log(a − γ̃) + ½ log(−log(a − γ̃)), change over the second half of the spiral',
      sum(last) - sum(middle),
      'so ζ is −log(a − γ̃) but for half its logarithm and a constant',
    ),
  ];
}

function settles(run: CriticalPointRecord): Evidence[] {
  const { log10Distance, angle, pathLength, name } = run;
  const last = angle.length - 1;
  const near = log10Distance.map((value) => 10 ** -value);
  const edges = Array.from({ length: DECADES_JUDGED + 1 }, (_, k) => k - DECADES_JUDGED);
  const at = edges.map((edge) => interpolateAt(near, pathLength, near[last] * 10 ** edge));
  const lengths = at.slice(1).map((value, k) => value - at[k]);
  const slope = SECANTS.find((secant) => secant.name === name)?.slope ?? NaN;
  return [
    shrinks(
      `length swept by the secant, ${name}`,
      lengths,
      SHRINKAGE,
      `lengths ${listed(lengths)} rad, down to a distance of 10^${digits(log10Distance[last], 3)}`,
      'decade of the distance',
    ),
    atMost(
      `angle of the secant ÷ distance at the end, against ${slope}, ${name}`,
      Math.abs((angle[last] * near[last]) / slope - 1),
      EXPANSION,
      Infinity,
      `${digits(angle[last] * near[last], 6)}; the lowest terms of the flow say ${slope}`,
    ),
  ];
}

function chainRuleHolds(run: ChainRuleRecord): Evidence[] {
  const { name, changing, examples } = run;
  // Kinks are entered and left at single moments, where the chain rule need not hold.
  const known = (column: Float64Array) =>
    Array.from(column).filter((value, k) => changing[k] === 0 && !Number.isNaN(value));
  const spreads = known(run.spread);
  const mismatches = known(run.mismatch);
  const nothing =
    spreads.length === 0 ? '; the flow slides on no kink, so that nothing was asked' : '';
  const middle = (values: readonly number[]) => (values.length === 0 ? NaN : quantile(values, 0.5));
  const most = (values: readonly number[]) => (values.length === 0 ? NaN : Math.max(...values));
  return [
    atMost(
      `share of rows where Clarke gradients disagree on the velocity, ${name}`,
      spreads.filter((value) => value > SPREAD).length / spreads.length,
      EXCEPTIONS,
      Infinity,
      `cosine of v − v₀ with θ′ above ${SPREAD}, of ${spreads.length} rows with up to ${most([...examples])} examples on kinks; in the median it is ${digits(middle(spreads))}, and ${digits(middle(known(run.oneSided)))} with the gradient of slope 0 in place of θ′${nothing}`,
    ),
    atMost(
      `growth of margins against the chain rule, median, ${name}`,
      middle(mismatches),
      MISMATCH,
      CONTRADICTS,
      `difference of the growth of log p from the integral of ⟨v, θ′⟩/p, as a share of the growth of log ‖θ‖; ${digits(most(mismatches))} at most${nothing}`,
    ),
  ];
}
