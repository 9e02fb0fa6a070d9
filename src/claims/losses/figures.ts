import {
  alphaAxis,
  lineChart,
  lineChartPanels,
  type Axis,
  type Figure,
  type Series,
} from '../../charts/index.js';
import type { LossLimit, LossLimitsRecord } from '../../records/index.js';
import type { LossesRecord } from './plan.js';

const FROM_ONE: Axis = { ...alphaAxis, least: 1 };
const ANGLE: Axis = {
  title: 'angle (radians, log scale)',
  symbol: 'angle',
  scale: 'log',
  least: 1e-12,
};
/** Losses that a chart has room for, in its order. */
const DRAWN = ['exponential', 'logistic', 'stretched', 'polynomial'];
const MOST_POWER = 4;

/** Where each loss leads, drawn. */
export function lossesFigures({ crowd, drawn }: LossesRecord): Figure[] {
  return [marginFigure(crowd), ownFigure(drawn), powerFigure([crowd, drawn])];
}

function shown({ losses }: LossLimitsRecord): LossLimit[] {
  return losses.filter(
    ({ tail }) =>
      DRAWN.includes(tail.kind) && !(tail.kind === 'polynomial' && tail.power > MOST_POWER),
  );
}

function seriesOf(run: LossLimitsRecord, of: (loss: LossLimit) => Float64Array): Series[] {
  return shown(run).map((loss, k) => ({
    name: loss.name,
    x: loss.alpha,
    y: of(loss),
    color: k,
    dash: k,
  }));
}

function marginFigure(run: LossLimitsRecord): Figure {
  return lineChartPanels(
    {
      name: 'losses-margin',
      title: `How near to the maximum margin (${run.problem.name})`,
      caption:
        'Tails e^{−p^β} (exponential, logistic, stretched) go to the maximum margin, whatever their β. Polynomial tails stay ' +
        'away from it for ever, and lose a part of the margin for good. The curves of the exponential and the logistic loss ' +
        'are one.',
    },
    [
      {
        title: 'angle to the maximum margin',
        x: FROM_ONE,
        y: ANGLE,
        series: seriesOf(run, ({ angleToMargin }) => angleToMargin),
      },
      {
        title: 'smallest margin ÷ the largest possible',
        x: FROM_ONE,
        y: { title: 'share of the maximum margin', symbol: 'share' },
        series: seriesOf(run, ({ marginShare }) => marginShare),
      },
    ],
  );
}

function ownFigure(run: LossLimitsRecord): Figure {
  return lineChart(
    {
      name: 'losses-own-limit',
      title: `How near to where each tail leads (${run.problem.name})`,
      caption:
        'The angle to the direction that was computed beforehand: the maximum margin for tails e^{−p^β}, the minimum of ' +
        'Σ p^{−k} for polynomial ones. Stretched tails end at 𝓛 = e^(−1000), others at α = 10¹⁰.',
    },
    {
      x: FROM_ONE,
      y: { ...ANGLE, title: 'angle to the predicted direction (radians, log scale)' },
      series: seriesOf(run, ({ angleToOwn }) => angleToOwn),
    },
  );
}

function powerFigure(runs: readonly LossLimitsRecord[]): Figure {
  const series = runs.map(({ problem, losses }): Series => {
    const powers = losses.flatMap(({ tail, predictedAngle }) =>
      tail.kind === 'polynomial' ? [{ power: tail.power, predictedAngle }] : [],
    );
    return {
      name: problem.name,
      x: powers.map(({ power }) => power),
      y: powers.map(({ predictedAngle }) => predictedAngle),
      points: true,
    };
  });
  return lineChart(
    {
      name: 'losses-power',
      title: 'From p⁻¹ to the maximum margin',
      caption:
        'The angle between what a tail p^{−k} maximises and the maximum margin, by the power k. For large k it falls like 1/k.',
    },
    {
      x: { title: 'power k of the tail (log scale)', symbol: 'k', scale: 'log' },
      y: {
        title: 'angle to the maximum margin (radians, log scale)',
        symbol: 'angle',
        scale: 'log',
      },
      series,
    },
  );
}
