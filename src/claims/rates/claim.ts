import { quantile } from '../../numerics/vectors.js';
import type { DescentRatesRecord, FlowRatesRecord, RuleRates } from '../../records/index.js';
import { digits, listed } from '../../text/numbers.js';
import { defineClaim, type Evidence } from '../claim.js';
import { atLeast, atMost, neverAgainst, provided, reported } from '../common/rules.js';
import { exponent, finishedFlows, flowExponents, isSound, ownExponents } from './exponents.js';
import { ratesFigures } from './figures.js';
import {
  FITTED,
  OWN_NEAR,
  OWN_WITHIN,
  ratesPlan,
  SLOWER,
  SLOWEST,
  SOUND,
  STEPS_WITHIN,
  STEPS_WRONG,
  WITHIN,
  WRONG,
} from './plan.js';

/** How fast directions converge. */
export const ratesClaim = defineClaim({
  id: 'rates',
  title: 'How fast the direction converges',
  statement:
    'The angle of a flow to its limit falls like a power of α that the curvature there predicts: α^{−(1−λ)/L} for its ' +
    'slowest part. In steps of a linear model whose support vectors span the space it falls like the clock lets α grow: ' +
    'like 1/log t for constant steps, like 1/t for steps along ∇α = −∇𝓛/|ℓ′(α)|, and like 1/√t where these shrink like ' +
    '1/√t.',
  source:
    'The exponent is a computation of ours about the limits of Ji & Telgarsky 2020 (arXiv 2006.06657); the clocks are ' +
    'those of Soudry et al. 2018 (arXiv 1710.10345), Ji & Telgarsky 2019 (arXiv 1906.04540) and Nacson et al. 2019 ' +
    '(arXiv 1803.01905)',
  expected: 'supported',
  criterion:
    `Over the last ${FITTED} decades of α, to 10²⁵ (by the equation for infinite α, beyond 10¹¹), the fitted exponent of every certified flow has to be the one that the ` +
    `whole curvature at its limit predicts within ${100 * WITHIN} % (${100 * WRONG} % contradicts), and at least ${SLOWEST} of (1−λ)/L, as no part ` +
    `falls more slowly (${SLOWER} contradicts). That equation and the curvature are of one kind, so the flow itself is fitted ` +
    `too, over the ${FITTED} decades to 10¹¹: within ${100 * OWN_WITHIN} % (${100 * WRONG} % contradicts) of what the curvature makes of where it was ` +
    `before them, where that is at most ${OWN_NEAR} rad from the limit. At least ${100 * SOUND} % of the seeds have to be certified. Over the last ` +
    `decade of steps the exponents have to be −1 and −1/2 within ${STEPS_WITHIN} (${STEPS_WRONG} contradicts). For constant steps ` +
    'the exponent in t says nothing, as log t hardly changes: the flow is fitted in log t, where it has to be −1.',
  headline: {
    metric: 'largest error of a fitted exponent',
    words: 'exponents within #',
  },
  plan: ratesPlan,
  judge({ flows, steps }) {
    const runs = finishedFlows(flows);
    return [
      ...judgeFlows(runs, flows.length),
      judgeOwn(runs.filter(isSound)),
      ...judgeSteps(steps),
      ...reportFlows(runs.filter(isSound)),
    ];
  },
  figures: ratesFigures,
});

function judgeFlows(runs: readonly FlowRatesRecord[], all: number): Evidence[] {
  const sound = runs.filter(isSound);
  const others = runs.filter((run) => !isSound(run));
  const exponents = sound.map(flowExponents);
  const errors = exponents.map(({ fitted, predicted }) => Math.abs(fitted / predicted - 1));
  const overSlowest = exponents.map(({ fitted, slowest }) => fitted / slowest);
  const worst = sound[errors.indexOf(Math.max(...errors))];
  const why = others.map(
    ({ seed, doubts }) => `; seed ${seed}: ${doubts.join('; ') || 'no expected ratios'}`,
  );
  return [
    neverAgainst(
      atLeast(
        'share of flows that can be judged',
        sound.length / all,
        SOUND,
        -Infinity,
        `of ${all} seeds ${all - runs.length} did not reach their goal${why.join('')}`,
      ),
    ),
    provided(
      sound.length > 0,
      atMost(
        'largest error of a fitted exponent',
        Math.max(...errors),
        WITHIN,
        WRONG,
        `as a share of the predicted one, of ${sound.length} flows; ${worst ? `seed ${worst.seed} has ${listed(Object.values(flowExponents(worst)), 4)}: fitted, predicted, (1−λ)/L` : ''}`,
      ),
    ),
    provided(
      sound.length > 0,
      atLeast(
        'smallest fitted exponent ÷ (1−λ)/L',
        Math.min(...overSlowest),
        SLOWEST,
        SLOWER,
        'no part of a deviation falls more slowly than its slowest',
      ),
    ),
  ];
}

/** The exponents of the flow itself: its steps know nothing of the limit. */
function judgeOwn(sound: readonly FlowRatesRecord[]): Evidence {
  const near = sound.flatMap((run) => {
    const exponents = ownExponents(run);
    return exponents && (run.own?.predicted[0] ?? Infinity) <= OWN_NEAR
      ? [{ seed: run.seed, ...exponents }]
      : [];
  });
  const errors = near.map(({ fitted, predicted }) => Math.abs(fitted / predicted - 1));
  const worst = near[errors.indexOf(Math.max(...errors))];
  return provided(
    near.length > 0 && near.length >= SOUND * sound.length,
    atMost(
      'the flow itself, largest error of a fitted exponent',
      Math.max(...errors),
      OWN_WITHIN,
      WRONG,
      `as a share of the predicted one, over the ${FITTED} decades to α = 10¹¹, of the ${near.length} flows of ${sound.length} that are near their limits there; ${worst ? `seed ${worst.seed} has ${listed([worst.fitted, worst.predicted], 4)}: fitted, predicted` : ''}`,
    ),
  );
}

function reportFlows(sound: readonly FlowRatesRecord[]): Evidence[] {
  const exponents = sound.map(flowExponents);
  const ratios = exponents.map(({ fitted, slowest }) => fitted / slowest);
  const near = ratios.filter((ratio) => Math.abs(ratio - 1) <= WITHIN);
  return [
    reported(
      'share of flows whose exponent is (1−λ)/L',
      near.length / sound.length,
      `within ${100 * WITHIN} %: in the others the slowest part is still small, or absent; fitted ÷ (1−λ)/L is ${digits(quantile(ratios, 0.5), 4)} in the median and up to ${digits(Math.max(...ratios), 4)}`,
    ),
    reported(
      'fitted exponent, median',
      quantile(
        exponents.map(({ fitted }) => fitted),
        0.5,
      ),
      `where α^{−1/L}, without curvature, would be 0.333; from ${digits(Math.min(...exponents.map(({ fitted }) => fitted)), 4)} to ${digits(Math.max(...exponents.map(({ fitted }) => fitted)), 4)}`,
    ),
  ];
}

/** Over the last decade of a rule's steps. */
function lastDecade({ steps, angle }: RuleRates): number {
  const last = steps[steps.length - 1];
  return exponent(steps, angle, last / 10, last);
}

/** Decades of log t that the flow's exponent is fitted over. */
const LOG_DECADES = 4;

function judgeSteps({
  constant,
  normalised,
  shrinking,
  flow,
  step,
  problem,
}: DescentRatesRecord): Evidence[] {
  const inLog = flow.logTime;
  const last = inLog[inLog.length - 1];
  const power = (metric: string, value: number, wanted: number, note: string): Evidence => {
    const off = Math.abs(value - wanted);
    const judged = atMost(metric, off, STEPS_WITHIN, STEPS_WRONG, note);
    return { ...judged, value, threshold: `${wanted} within ${STEPS_WITHIN}` };
  };
  const steps = constant.steps[constant.steps.length - 1];
  const bound = { ...shrinking, angle: shrinking.steps.map((t) => Math.log(t) / Math.sqrt(t)) };
  return [
    power(
      'exponent in log t, flow',
      exponent(inLog, flow.angle, last / 10 ** LOG_DECADES, last),
      -1,
      `over ${LOG_DECADES} decades of log t; ${problem.name}, whose support vectors span the plane`,
    ),
    power(
      'exponent in t, normalised steps',
      lastDecade(normalised),
      -1,
      `over the last decade of t, with steps of ${digits(step)} along ∇α, half of the longest that keep aligned`,
    ),
    power(
      'exponent in t, normalised steps / √t',
      lastDecade(shrinking),
      -0.5,
      `over the last decade of t; the bound that is proven, log t/√t, has ${digits(lastDecade(bound), 3)} there`,
    ),
    reported(
      'exponent in t, constant steps',
      lastDecade(constant),
      `over the last decade of ${steps} steps: a logarithm looks like a small power, and another one a decade later`,
    ),
  ];
}
