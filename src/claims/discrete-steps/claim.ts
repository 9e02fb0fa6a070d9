import { interpolateAt } from '../../metrics/paths.js';
import type { StepThresholdRecord, ThresholdDescent } from '../../records/index.js';
import { digits, listed, readable } from '../../text/numbers.js';
import { defineClaim, type Evidence } from '../claim.js';
import { atLeast, atMost, neverAgainst, provided, reported } from '../common/rules.js';
import { discreteStepsFigures } from './figures.js';
import {
  ABOVE,
  BELOW,
  discreteStepsPlan,
  DOUBLED,
  EARLY_KEPT,
  HALVED,
  KEPT,
  LOST,
  NEARER,
  PREDICTION,
  SETTLED,
  SOUND,
  WRONG,
} from './plan.js';
import { endOf, finishedRuns, isSound, withFactor } from './soundness.js';

/** A threshold of ours for the length of steps, from the certified limit. */
export const discreteSteps = defineClaim({
  id: 'discrete-steps',
  title: 'Descent aligns below a step size that the limit tells beforehand',
  statement:
    'Gradient descent with steps of relative length C/α aligns as the gradient flow does for C < C*, and ' +
    'swings across its path for C > C*, where its cosine stays near C*/C while the swings are narrow. C* = 2Lγ²/λ_max(Σ μᵢ ∇⊥pᵢ ∇⊥pᵢᵀ) is a ' +
    'number of the limit alone, known before the descent begins. The margin does not tell the two apart.',
  source:
    'A computation of ours to first order, about the small steps that Ji & Telgarsky 2020 (arXiv 2006.06657) ' +
    'and Lyu & Li 2019 (arXiv 1906.05890) ask of descent without saying how small',
  expected: 'supported',
  criterion:
    `On every seed with a certified limit, and with a threshold at the point where descents begin within ${100 * SETTLED} % ` +
    `of the limit's, ${BELOW} C* may lose at most ${KEPT} of the flow's cosine and ${ABOVE} C* has to lose at ` +
    `least ${LOST} (C*/C predicts 0.091): so the threshold lies within 10 % of C*. One sound seed where ${BELOW} C* loses ` +
    `${LOST}, or ${ABOVE} C* at most ${KEPT}, contradicts. Up to there cosine · C/C* has to be 1 within ${PREDICTION} (the ` +
    `prediction is of first order, for narrow swings; ${WRONG} contradicts). At least ${100 * SOUND} % of the seeds have to be sound. ` +
    'Where α is small the dual variables are not those of the limit yet, so that descents from the ' +
    'start never contradict. What the margins tell is reported.',
  headline: {
    metric: 'largest error of the cosine above the threshold',
    words: 'cosine · C/C* is 1 within #',
  },
  plan: discreteStepsPlan,
  judge({ sweep }) {
    const runs = finishedRuns(sweep);
    const sound = runs.filter(isSound);
    const [first] = runs;
    return [
      soundShare(runs, sweep.length),
      ...judgeThreshold(sound),
      ...(first ? judgeEarly(first) : []),
      ...runs.map(thresholdOf),
    ];
  },
  figures: discreteStepsFigures,
});

function soundShare(runs: readonly StepThresholdRecord[], all: number): Evidence {
  const others = runs.filter((run) => !isSound(run));
  return neverAgainst(
    atLeast(
      'share of seeds that can be judged',
      (runs.length - others.length) / all,
      SOUND,
      -Infinity,
      `of ${all} seeds ${all - runs.length} did not reach their goal; without a certified limit, or not near it yet: ${others.map(({ problem }) => problem.seed).join(', ') || 'none'}`,
    ),
  );
}

/** What the descents from late points say, all sound seeds together: the worst of them counts. */
function judgeThreshold(sound: readonly StepThresholdRecord[]): Evidence[] {
  const lossAt = (factor: number) =>
    sound.map((run) => run.alignment - endOf(withFactor(run.late, factor)));
  const kept = lossAt(BELOW);
  const lost = lossAt(ABOVE);
  const largestError = (from: number, to: number) =>
    Math.max(
      ...sound.flatMap(({ late }) =>
        late
          .filter(({ factor }) => factor >= from && factor <= to)
          .map((run) => Math.abs(run.factor * endOf(run) - 1)),
      ),
    );
  return [
    atMost(
      `largest loss of cosine at ${BELOW} C*`,
      Math.max(...kept),
      KEPT,
      LOST,
      `against the flow at the same point, on ${sound.length} seeds`,
    ),
    atLeast(
      `smallest loss of cosine at ${ABOVE} C*`,
      Math.min(...lost),
      LOST,
      KEPT,
      `C*/C predicts 0.0909; the cosines end at ${listed(sound.map(({ late }) => endOf(withFactor(late, ABOVE))))}`,
    ),
    atMost(
      'largest error of the cosine above the threshold',
      largestError(1, ABOVE),
      PREDICTION,
      WRONG,
      `|cosine · C/C* − 1| up to ${ABOVE} C*`,
    ),
    reported(
      `largest error of the cosine up to ${DOUBLED} C*`,
      largestError(1, DOUBLED),
      'the same for wider swings, which the prediction of first order does not hold for',
    ),
    ...NEARER.map((factor) => {
      const ends = sound.map(({ late }) => endOf(withFactor(late, factor)));
      const losses = ends.map((cosine) => 1 - cosine);
      return reported(
        `${factor < 1 ? 'largest' : 'smallest'} 1 − cosine at ${factor} C*`,
        factor < 1 ? Math.max(...losses) : Math.min(...losses),
        `nearer to the threshold; the cosines end at ${listed(ends, 4)}`,
      );
    }),
  ].map((evidence) => provided(sound.length > 0, evidence));
}

/** Descents from the problem's own start, with the control and with the margin that tells nothing. */
function judgeEarly(run: StepThresholdRecord): Evidence[] {
  const { early, flow } = run;
  const { name, seed } = run.problem;
  const where = `from the start, ${name}, seed ${seed}`;
  const factors = early.map(({ factor }) => factor);
  const cosine = (factor: number) => endOf(withFactor(early, factor));
  const flowAt = (column: Float64Array, of: ThresholdDescent) =>
    interpolateAt(flow.alpha, column, of.alpha[of.alpha.length - 1]);
  const loss = (factor: number) => {
    const descent = withFactor(early, factor);
    return descent === undefined ? NaN : flowAt(flow.alignment, descent) - endOf(descent);
  };
  const marginAt = (factor: number) => {
    const descent = withFactor(early, factor);
    if (descent === undefined) return NaN;
    const { smoothedMargin } = descent;
    return smoothedMargin[smoothedMargin.length - 1] / flowAt(flow.smoothedMargin, descent);
  };
  const sound = isSound(run);
  return [
    provided(
      sound,
      neverAgainst(
        atMost(
          `loss of cosine at ${BELOW} C*, ${where}`,
          loss(BELOW),
          EARLY_KEPT,
          Infinity,
          `against the flow's at the same α; cosine ${digits(cosine(BELOW), 6)}`,
        ),
      ),
    ),
    provided(
      sound,
      neverAgainst(
        atLeast(
          `loss of cosine at ${DOUBLED} C*, ${where}`,
          loss(DOUBLED),
          LOST,
          -Infinity,
          `the control: its halved steps lose ${digits(loss(BELOW))}, so that halving gives it away; cosine ${digits(cosine(DOUBLED), 4)}, and C*/C is ${digits(1 / DOUBLED)}`,
        ),
      ),
    ),
    ...[HALVED, ABOVE]
      .filter((factor) => factors.includes(factor))
      .map((factor) =>
        reported(
          `loss of cosine at ${factor} C*, ${where}`,
          loss(factor),
          `cosine ${digits(cosine(factor), 6)}`,
        ),
      ),
    reported(
      `smoothed margin at ${DOUBLED} C* ÷ that of the flow, ${where}`,
      marginAt(DOUBLED),
      `at the same α; at ${BELOW} C* ${digits(marginAt(BELOW), 4)}: the margin does not tell that the gradient points elsewhere`,
    ),
    reported(
      `fall of the smoothed margin at ${BELOW} C*, ${where}`,
      largestFall(withFactor(early, BELOW)),
      'from its running maximum, as a share of it, from where α is positive on; along the flow it only rises',
    ),
  ];
}

/** The largest share by which the smoothed margin falls below its running maximum. */
export function largestFall(run: ThresholdDescent | undefined): number {
  if (run === undefined) return NaN;
  let highest = 0;
  let fall = 0;
  for (const value of run.smoothedMargin) {
    highest = Math.max(highest, value);
    if (highest > 0) fall = Math.max(fall, 1 - value / highest);
  }
  return fall;
}

/** Powers of ten of α, from 1 on, whose thresholds are told. */
const SHOWN = 3;

function thresholdOf(run: StepThresholdRecord): Evidence {
  const { problem, threshold, along, certificate, alpha } = run;
  const shares = [...along.threshold].map((value) => value / threshold);
  const { margin, stability } = certificate.limit;
  return reported(
    `threshold C*, seed ${problem.seed}`,
    threshold,
    `L = ${problem.degree}, γ = ${digits(margin, 6)}, λ = ${digits(stability.lambda, 4)}; along the flow it is ` +
      `${listed(shares.slice(0, SHOWN))} of it at α = 1, 10, 100, and ${digits(shares[shares.length - 1], 6)} at ` +
      `${readable(alpha, 1)}, where descents begin`,
  );
}
