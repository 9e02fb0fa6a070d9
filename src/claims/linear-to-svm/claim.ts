import { interpolateAt } from '../../metrics/paths.js';
import type { LinearRun, LinearSvmRecord } from '../../records/index.js';
import { digits, listed } from '../../text/numbers.js';
import { defineClaim, type Evidence } from '../claim.js';
import { DECADES_JUDGED } from '../common/flow-plans.js';
import { lastOf } from '../common/last.js';
import { atMost, neverAgainst, provided, reported } from '../common/rules.js';
import { linearToSvmFigures } from './figures.js';
import {
  DUALS,
  DUE,
  LAW_OF_FLOW,
  linearToSvmPlan,
  NO_FALL,
  NO_LAW,
  OTHER_DIRECTION,
  RATE,
  SAME_DIRECTION,
  SHARE_OF_EXPONENT,
  SMALL,
} from './plan.js';

/** The first rung: logistic regression and the support vector machine. */
export const linearToSvm = defineClaim({
  id: 'linear-to-svm',
  title: 'Logistic regression becomes a support vector machine',
  statement:
    'On data that a hyperplane through the origin separates, logistic regression trained without end converges in direction to ' +
    'the classifier of maximum ℓ2 margin, from every start; but in the time of gradient descent only like 1/log t.',
  source:
    'Soudry, Hoffer, Nacson, Gunasekar & Srebro 2018 (arXiv 1710.10345); Ji & Telgarsky 2019 (arXiv 1906.04540)',
  expected: 'supported',
  criterion:
    `The flow's certified limit has to be the maximum margin, solved apart, within ${SAME_DIRECTION} rad; another direction by ` +
    `${OTHER_DIRECTION} rad or more contradicts. Its angle has to fall per decade of α by the predicted factor within ` +
    `${100 * RATE} %, since α is all that separates the run from its limit; one that stays within 5 % of where it was in all decades contradicts. Weights have to follow ` +
    `ŵ log t + w̃, with ŵ the weights of margin 1 and w̃ computed from the support vectors alone: the flow at α = 1000 to ${LAW_OF_FLOW} of ‖w̃‖ (${NO_LAW} contradicts); gradient descent from ` +
    `two starts has to come nearer to it like t^-κ (κ ≤ 1 comes from the data: how fast the start and the other examples are forgotten), with ${SHARE_OF_EXPONENT} of κ at least or to ${SMALL}, and contradicts where it stays ${NO_LAW} away or more although t^-κ is below ${DUE}. ` +
    'A rate fitted to the angle over the steps of descent would say nothing: log t hardly changes there.',
  headline: { metric: 'angle between the limit and', words: 'the SVM to # rad' },
  plan: linearToSvmPlan,
  judge: ({ linear }) => [
    ...limitEvidence(linear),
    ...lawEvidence(linear),
    ...descentNumbers(linear),
  ],
  figures: linearToSvmFigures,
});

function limitEvidence(record: LinearSvmRecord): Evidence[] {
  const { svm, doubts, limitAngle, leastSquaresAngle, flow, decadeAngles } = record;
  const certain = doubts.length === 0;
  return [
    neverAgainst(
      atMost(
        'gap of the quadratic program',
        svm.gap / svm.margin,
        1e-12,
        Infinity,
        `margin ${digits(svm.margin, 6)} with ${record.supportVectors} support vectors; the gap to what no weights exceed, as a share of it`,
      ),
    ),
    provided(
      certain,
      atMost(
        'angle between the limit and the maximum margin',
        limitAngle,
        SAME_DIRECTION,
        OTHER_DIRECTION,
        certain
          ? `radians; the line of least squares, where the squared loss goes, is ${digits(leastSquaresAngle, 3)} away`
          : `radians; the limit is in doubt: ${doubts.join('; ')}`,
      ),
    ),
    rateEvidence(record, [...decadeAngles].slice(-1 - DECADES_JUDGED)),
    atMost(
      'distance of the dual variables from the multipliers',
      lastOf(flow.dualDistance),
      DUALS,
      0.1,
      `the largest |q/Σq − μ| of the flow at α = ${digits(lastOf(flow.alpha), 3)}`,
    ),
  ];
}

/** Decades in which the angle stays, as a path that has stopped turning elsewhere does. */
const STAYS = 0.95;

function rateEvidence({ predictedRatio }: LinearSvmRecord, angles: readonly number[]): Evidence {
  const ratios = angles.slice(1).map((angle, k) => angle / angles[k]);
  const enough = ratios.length >= DECADES_JUDGED;
  const off = enough
    ? Math.max(...ratios.map((ratio) => Math.abs(ratio / predictedRatio - 1)))
    : NaN;
  const stays = enough && ratios.every((ratio) => ratio >= STAYS);
  return {
    metric: 'factor of the angle per decade of α against the predicted one',
    value: off,
    threshold: `≤ ${RATE}`,
    note: `angles ${listed(angles)} rad; λ = 0 for a linear network, so the prediction is ${digits(predictedRatio, 3)}`,
    verdict: off <= RATE ? 'supported' : stays ? 'contradicted' : 'inconclusive',
  };
}

function lawEvidence(record: LinearSvmRecord): Evidence[] {
  const { flow, descents, spans } = record;
  return [
    atMost(
      'distance of the flow from the law ŵ log t + w̃',
      interpolateAt(flow.alpha, flow.lawDistance, 1000),
      LAW_OF_FLOW,
      NO_LAW,
      `at α = 1000, as a share of ‖w̃‖; it falls like t^-κ with κ = ${digits(record.lawExponent, 3)}`,
    ),
    ...descents.map((run) => descentEvidence(run, record)),
  ].map((evidence) =>
    spans
      ? evidence
      : {
          ...provided(false, evidence),
          note: 'the support vectors do not span the inputs, so w̃ is not known beforehand',
        },
  );
}

/** How the distance from the law falls over the last decade of steps. */
function descentEvidence(run: LinearRun, { lawExponent, finished }: LinearSvmRecord): Evidence {
  const distance = lastOf(run.lawDistance);
  const from = run.steps.findIndex((steps) => steps >= lastOf(run.steps) / 10);
  const decades = (lastOf(run.logTime) - run.logTime[from]) / Math.LN10;
  const exponent = Math.log10(run.lawDistance[from] / distance) / decades;
  const share = exponent / lawExponent;
  const isDue = lawExponent * lastOf(run.logTime) >= -Math.log(DUE);
  const met = share >= SHARE_OF_EXPONENT || distance <= SMALL;
  const against = isDue && share <= NO_FALL && distance >= NO_LAW;
  const verdict = !finished ? 'inconclusive' : met ? 'supported' : against ? 'contradicted' : 'inconclusive'; // prettier-ignore
  return {
    metric: `exponent of the distance from the law, as a share of κ, ${run.name}`,
    value: share,
    threshold: `≥ ${SHARE_OF_EXPONENT}, or a distance ≤ ${SMALL}`,
    note: `over the last decade of ${lastOf(run.steps)} steps it falls like t^-${digits(exponent, 3)} to ${digits(distance, 3)} of ‖w̃‖, and κ = ${digits(lawExponent, 3)}; log t = ${digits(lastOf(run.logTime), 3)} at the end`,
    verdict,
  };
}

/** What the clock of descent shows of it: a margin that is nearly there and an angle that is not. */
function descentNumbers({ descents }: LinearSvmRecord): Evidence[] {
  return descents.flatMap((run: LinearRun) => [
    reported(
      `angle to the maximum margin, ${run.name}`,
      lastOf(run.angle),
      `radians, after ${lastOf(run.steps)} steps; the law says ${digits(lastOf(run.predictedAngle), 4)}`,
    ),
    reported(
      `share of the maximum margin, ${run.name}`,
      lastOf(run.marginShare),
      'the gap to 1 falls like 1/log t as well',
    ),
  ]);
}
