import type { StepComparisonRecord } from '../../records/index.js';
import { defineClaim, type Evidence } from '../claim.js';
import { lastOf } from '../common/last.js';
import {
  atLeast,
  atMost,
  fallFromHighest,
  neverAgainst,
  provided,
  reported,
} from '../common/rules.js';
import { lossScaledFigures } from './figures.js';
import { DECADES, FALL, LARGE_FALL, lossScaledStepsPlan, LYU_LI, RATIO } from './plan.js';

/** Steps that grow as the loss falls. */
export const lossScaledSteps = defineClaim({
  id: 'loss-scaled-steps',
  title: 'Steps scaled by the loss reach margins that constant steps do not',
  statement:
    'After the same number of gradients, steps of size a/𝓛 along the gradient of 𝓛 have reached a far ' +
    'smaller loss and a larger normalized margin than steps of constant size, from the same start.',
  source:
    'Lyu & Li 2019 (arXiv 1906.05890), whose experiment on MNIST is repeated on Fashion-MNIST',
  expected: 'supported',
  criterion:
    'All rules start from one fitted network and compute equally many gradients of the whole training ' +
    'set, those of undone steps included; all images have to be classified at the end, or nothing is ' +
    `compared. The normalized margin has to be ${RATIO} times that of the better constant step, and the loss ` +
    `10^${DECADES} times smaller. Since 𝓛 goes like 1/(ηt (log t)^(2−2/L)) for a constant step size η, a tenfold ` +
    'one puts α ahead by log 10 + (2 − 2/L) log(α₂/α₁) in the long run, and by less before: between one and one and ' +
    'a half powers of ten in the loss where it was tried, and 1.2 times the margin, so the thresholds ' +
    'lie well above what the choice of the constant explains. A margin or a loss that is no better ' +
    'contradicts. The smoothed margin never falls along the flow; here steps are as large as the loss ' +
    `allows, so below the largest value so far it may fall by ${FALL} of it.`,
  headline: {
    metric: 'normalized margin with loss-scaled steps',
    words: '# times the best margin of constant steps',
  },
  plan: lossScaledStepsPlan,
  judge({ comparison }) {
    const premises = judgePremises(comparison);
    const hold = premises.every(({ verdict }) => verdict === 'supported');
    return [
      ...premises,
      ...judgeRules(comparison).map((evidence) => provided(hold, evidence)),
      ...reportRuns(comparison),
      ...reportTheirs(),
    ];
  },
  figures: ({ comparison }) => lossScaledFigures(comparison),
});

/** They can fail to hold; they do not speak against the claim. */
function judgePremises({ constant, scaled, evaluations }: StepComparisonRecord): Evidence[] {
  const runs = [...constant, scaled];
  const missing = runs.map(({ gradients }) => evaluations - gradients);
  const errors = runs.map((run) => lastOf(run.trainingError));
  return [
    atMost(
      'share of images misclassified at the end, any rule',
      Math.max(...errors),
      0,
      Infinity,
      `${runs.map(({ name }, k) => `${name}: ${errors[k]}`).join('; ')}`,
    ),
    atMost(
      'gradients that a rule did not use',
      Math.max(...missing),
      0,
      Infinity,
      `of ${evaluations} for each; a rule that stopped early is not compared`,
    ),
  ].map(neverAgainst);
}

function judgeRules({ constant, scaled }: StepComparisonRecord): Evidence[] {
  const margins = constant.map((run) => lastOf(run.normalizedMargin));
  const losses = constant.map((run) => lastOf(run.log10Loss));
  const margin = lastOf(scaled.normalizedMargin);
  const lowest = Math.min(...losses);
  return [
    atLeast(
      'normalized margin with loss-scaled steps, as a multiple of the best with constant ones',
      margin / Math.max(...margins),
      RATIO,
      1,
      `${margin.toPrecision(3)} against ${margins.map((value) => value.toPrecision(3)).join(' and ')}`,
    ),
    atLeast(
      'powers of ten by which their loss is smaller',
      lowest - lastOf(scaled.log10Loss),
      DECADES,
      0,
      `10^${lastOf(scaled.log10Loss).toFixed(2)} against 10^${lowest.toFixed(2)}`,
    ),
    atMost(
      'largest relative fall of the smoothed margin, loss-scaled steps',
      fallFromHighest(scaled.smoothedMargin.filter((_, k) => scaled.alpha[k] > 0)),
      FALL,
      LARGE_FALL,
      'from the largest value so far to a later one, a row whenever α has grown by 1 %; 0 where it never falls',
    ),
  ];
}

function reportRuns({ constant, scaled, evaluations, degree }: StepComparisonRecord): Evidence[] {
  const runs = [...constant, scaled];
  return [
    ...runs.map((run) =>
      reported(
        `log₁₀ of the loss at the end, ${run.name}`,
        lastOf(run.log10Loss),
        `summed over the images; α = ${lastOf(run.alpha).toPrecision(4)}`,
      ),
    ),
    ...runs.map((run) =>
      reported(
        `growth of the normalized margin, ${run.name}`,
        lastOf(run.normalizedMargin) / run.normalizedMargin[0],
        `from ${run.normalizedMargin[0].toPrecision(3)} after the fit to ${lastOf(run.normalizedMargin).toPrecision(3)}`,
      ),
    ),
    reported(
      'log₁₀ of the step at the end, loss-scaled steps',
      lastOf(scaled.log10Step),
      `size η, the factor on the gradient of the mean loss; ${lastOf(scaled.steps)} of ${evaluations} steps were kept, the others redone with a smaller one`,
    ),
    ...reportGain(constant, degree),
  ];
}

/** What a larger constant step gains, and what it would gain in the long run. */
function reportGain(constant: StepComparisonRecord['constant'], degree = NaN): Evidence[] {
  if (constant.length < 2) return [];
  const [small, large] = [constant[0], constant[constant.length - 1]];
  const [from, to] = [lastOf(small.alpha), lastOf(large.alpha)];
  const factor = Math.LN10 * (lastOf(large.log10Step) - lastOf(small.log10Step));
  const expected = factor + (2 - 2 / degree) * Math.log(to / from);
  return [
    reported(
      `gain of α, ${large.name} against ${small.name}`,
      to - from,
      `in the long run log(η₂/η₁) + (2 − 2/L) log(α₂/α₁) = ${expected.toPrecision(3)}, and less while the smaller step has hardly moved`,
    ),
  ];
}

function reportTheirs(): Evidence[] {
  const { constantStep, constantMargin, scaledMargin, scaledLog10Loss } = LYU_LI;
  return [
    reported(
      'ratio of the normalized margins, Lyu & Li on MNIST',
      scaledMargin / constantMargin,
      `their figures, not ours: about ${scaledMargin} against ${constantMargin} with the step ${constantStep}, a larger network, 10,000 epochs`,
    ),
    reported(
      'log₁₀ of the loss with loss-scaled steps, Lyu & Li on MNIST',
      scaledLog10Loss,
      'their figure, not ours, after 10,000 epochs',
    ),
  ];
}
