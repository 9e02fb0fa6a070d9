import { angleBetween } from '../../numerics/vectors.js';
import type { LossLimit, LossLimitsRecord } from '../../records/index.js';
import { digits, listed } from '../../text/numbers.js';
import { defineClaim, type Evidence } from '../claim.js';
import { lastOf } from '../common/last.js';
import { atLeast, atMost, neverAgainst, provided, reported } from '../common/rules.js';
import { lossesFigures } from './figures.js';
import {
  APART,
  EACH_APART,
  ELSEWHERE,
  GAP,
  lossesPlan,
  REACHED,
  STRETCHED,
  STRETCHED_ELSEWHERE,
  type LossesRecord,
} from './plan.js';

/** Which losses maximise the margin. */
export const lossesClaim = defineClaim({
  id: 'losses',
  title: 'The tail of the loss decides what is maximised',
  statement:
    'A linear model goes to the maximum margin under the exponential and the logistic loss, under cross-entropy over ' +
    'pairs of classes, and under tails e^{−p^β} that are lighter (β = 2) or heavier (β = ½). Under a tail p^{−k} its ' +
    'direction goes to the minimum of Σ pᵢ^{−k} over weights of norm 1 instead, which in general is the maximum ' +
    'margin for k → ∞ only.',
  source:
    'Soudry et al. 2018 (arXiv 1710.10345) for exponential tails; Ji, Dudík, Schapire & Telgarsky 2020 (arXiv ' +
    '2006.11226) for general losses and polynomial tails',
  expected: 'supported',
  criterion:
    `At α = 10¹⁰ the angle to the predicted direction may be at most ${REACHED} (${ELSEWHERE} contradicts), for exponential ` +
    `tails and for polynomial ones alike; for stretched tails, which end at 𝓛 = e^(−1000), ${STRETCHED} (${STRETCHED_ELSEWHERE} ` +
    'contradicts). Predictions are solved for apart from the flows: the maximum margin is certified by ' +
    `duality to ${GAP}, the minimum by Newton's method. Under one of the powers at least it has to lie ${APART} rad from the maximum ` +
    `margin, or the data tell nothing apart, and under each of them ${EACH_APART}. A squared hinge and networks are reported: the one stops at finite weights, the ` +
    'others have many KKT points.',
  headline: {
    metric: 'angle to what a polynomial tail maximises',
    words: 'polynomial tails end # rad from theirs',
  },
  plan: lossesPlan,
  judge(record) {
    const { crowd, drawn, classes } = record;
    return [...[crowd, drawn, classes].flatMap(judgeRun), ...reportNetworks(record)];
  },
  figures: lossesFigures,
});

type Kind = LossLimit['tail']['kind'];

function judgeRun({ problem, losses, margin, gap, support }: LossLimitsRecord): Evidence[] {
  const { name } = problem;
  const of = (...kinds: readonly Kind[]) => losses.filter(({ tail }) => kinds.includes(tail.kind));
  const powers = of('polynomial');
  const exponential = of('exponential', 'logistic');
  const stretched = of('stretched');
  return [
    neverAgainst(
      atMost(
        `gap of the maximum margin, ${name}`,
        gap / margin,
        GAP,
        Infinity,
        `as a share of it; γ = ${digits(margin, 6)}, on ${support} margins`,
      ),
    ),
    near(
      `angle to the maximum margin, exponential and logistic, ${name}`,
      exponential,
      REACHED,
      ELSEWHERE,
    ),
    ...(stretched.length === 0
      ? []
      : [
          near(
            `angle to the maximum margin, stretched tails, ${name}`,
            stretched,
            STRETCHED,
            STRETCHED_ELSEWHERE,
          ),
        ]),
    near(`angle to what a polynomial tail maximises, ${name}`, powers, REACHED, ELSEWHERE),
    atLeast(
      `largest angle from there to the maximum margin, ${name}`,
      Math.max(...powers.map(({ predictedAngle }) => predictedAngle)),
      APART,
      -Infinity,
      'as predicted, for each power below: where it is small the data do not tell tails apart',
    ),
    atLeast(
      `least angle from there to the maximum margin, ${name}`,
      Math.min(...powers.map(({ predictedAngle }) => predictedAngle)),
      EACH_APART,
      -Infinity,
      `of any of the ${powers.length} powers: a hundred times as far as a flow may end from its own prediction`,
    ),
    ...powers.map(({ name: loss, predictedAngle, predictedShare }) =>
      reported(
        `angle to the maximum margin, ${loss}, ${name}`,
        predictedAngle,
        `rad; its smallest margin is ${digits(predictedShare)} of the largest`,
      ),
    ),
    ...of('squared-hinge').map((loss) =>
      reported(
        `angle to the maximum margin, squared hinge, ${name}`,
        lastOf(loss.angleToMargin),
        `descent came to rest where all margins are 1 or more: its smallest margin, at ‖w‖ = 1, is ${digits(lastOf(loss.marginShare))} of the largest, and depends on the start`,
      ),
    ),
  ];
}

/** The largest angle at the end, of runs that came there. */
function near(
  metric: string,
  losses: readonly LossLimit[],
  most: number,
  contradiction: number,
): Evidence {
  const angles = losses.map(({ angleToOwn }) => lastOf(angleToOwn));
  const names = losses.map(({ name }, k) => `${name}: ${digits(angles[k])}`).join('; ');
  const open = losses.filter(({ complete }) => !complete);
  const why =
    open.length === 0 ? '' : `; not at their ends: ${open.map(({ message }) => message).join(' ')}`;
  return provided(
    open.length === 0 && losses.length > 0,
    atMost(metric, Math.max(...angles), most, contradiction, `rad; ${names}${why}`),
  );
}

/** Exponential and logistic loss from the same start: beyond α = 40 they are the same, before they are not. */
function reportNetworks({ networks }: LossesRecord): Evidence[] {
  const limits = networks.map(({ certificate }) => certificate.limit);
  const [first, second] = limits;
  const doubts = networks.flatMap(({ certificate }) => certificate.doubts);
  const { problem } = networks[0];
  return [
    reported(
      `angle between the limits of two losses, ${problem.name}`,
      angleBetween(first.direction, second.direction),
      `exponential and logistic from the same start, with margins ${listed(
        limits.map(({ margin }) => margin),
        6,
      )}: early paths differ, and may lead to other KKT points${doubts.length > 0 ? `; not certified: ${doubts.join('; ')}` : ''}`,
    ),
  ];
}
