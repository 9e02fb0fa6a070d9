import type { Axis, Figure, Series } from '../../../charts/index.js';
import { lineChart } from '../../../charts/index.js';
import { angleBetween } from '../../../numerics/index.js';
import type { Problem } from '../problem.js';
import type { PointEntry } from '../rows.js';
import type { FlowResultFile } from '../solve.js';

const ALPHA: Axis = { title: 'α (no unit, log scale)', symbol: 'α', scale: 'log' };
/** Dual variables are computed from margins, whose rounding they have α times as much. */
const DUALS_UNTIL = 1e8;
const MOST_DUALS = 7;

/** The figures that a result has enough points for. */
export function pageFigures(record: FlowResultFile, problem: Problem): Figure[] {
  const points = pointsOf(record);
  const figures = [
    marginFigure(record, points),
    dualFigure(record, problem, points),
    angleFigure(record, points),
    alignmentFigure(points),
  ];
  return figures.filter((figure) => figure !== undefined);
}

/** The rows, and the last point where it lies beyond them; α is positive, as the axis wants it. */
function pointsOf({ rows, last }: FlowResultFile): PointEntry[] {
  const beyond = rows.length === 0 || last.alpha > rows[rows.length - 1].alpha * (1 + 1e-6);
  return [...rows, ...(beyond ? [last] : [])].filter(({ alpha }) => alpha > 0);
}

function marginFigure(
  { limit, beyond }: FlowResultFile,
  points: readonly PointEntry[],
): Figure | undefined {
  if (points.length < 2) return undefined;
  const x = points.map(({ alpha }) => alpha);
  const references = [
    ...(limit?.converged
      ? [{ axis: 'y' as const, at: limit.margin, label: 'margin of the limit' }]
      : []),
    ...endOfRows(beyond, points),
  ];
  const smoothed = [...points, ...beyond];
  return lineChart(
    {
      name: 'margins',
      title: 'Margins',
      caption:
        'The smallest margin and α, both divided by ‖θ‖ᴸ. The smoothed margin never falls once the data are separated.',
    },
    {
      x: ALPHA,
      y: { title: 'margin ÷ ‖θ‖ᴸ (units of the network’s output)', symbol: 'margin' },
      series: [
        { name: 'normalized margin', x, y: points.map((p) => p.normalizedMargin), points: true },
        {
          name: 'smoothed margin',
          x: smoothed.map(({ alpha }) => alpha),
          y: smoothed.map((p) => p.smoothedMargin),
          points: true,
        },
      ],
      references,
    },
  );
}

/** A line where the run's own points end and the equation for α → ∞ begins. */
function endOfRows(
  beyond: FlowResultFile['beyond'],
  points: readonly PointEntry[],
): { axis: 'x'; at: number; label: string }[] {
  if (beyond.length === 0) return [];
  return [{ axis: 'x', at: points[points.length - 1].alpha, label: 'last row' }];
}

function dualFigure(
  { limit }: FlowResultFile,
  problem: Problem,
  points: readonly PointEntry[],
): Figure | undefined {
  const early = points.filter(({ alpha }) => alpha <= DUALS_UNTIL * (1 + 1e-6));
  if (early.length < 2) return undefined;
  const duals = early.map((point) => dualsAt(problem, point));
  const last = limit?.converged ? limit.multipliers : duals[duals.length - 1];
  const heaviest = [...last.keys()]
    .filter((pair) => last[pair] > 0)
    .sort((a, b) => last[b] - last[a])
    .slice(0, MOST_DUALS)
    .sort((a, b) => a - b);
  const x = early.map(({ alpha }) => alpha);
  const ends = limit?.converged === true;
  const most = heaviest.length < last.filter((value) => value > 0).length ? ' the heaviest of' : '';
  return lineChart(
    {
      name: 'duals',
      title: 'Dual variables: who carries the gradient',
      caption:
        `The shares of${most} the examples in −∇𝓛, at the points up to α = 10⁸.` +
        (ends
          ? ' The last points, without a place on the axis of α, are the multipliers of the limit.'
          : ''),
    },
    {
      x: ALPHA,
      y: { title: 'share of the sum (no unit)', symbol: 'share', zero: true },
      series: heaviest.map((pair, k) => ({
        name: pairName(problem, pair),
        x: ends ? [...x, 10 * x[x.length - 1]] : x,
        y: [...duals.map((q) => q[pair]), ...(ends ? [limit.multipliers[pair]] : [])],
        color: k,
        dash: 0,
        points: true,
      })),
      references: ends ? [{ axis: 'x', at: 10 * x[x.length - 1], label: 'limit' }] : [],
    },
  );
}

/** q at a point, divided by its sum. */
function dualsAt({ objective, degree }: Problem, { direction, logNorm }: PointEntry): Float64Array {
  const { q } = objective.dual(direction, Math.exp(degree * logNorm));
  const total = q.reduce((sum, value) => sum + value, 0);
  return q.map((value) => value / total);
}

/** An example by its place in the file, counted from 1, and the class it is told from. */
export function pairName({ objective, file }: Problem, pair: number): string {
  const { pairs, labels } = objective;
  const example = Math.floor(pair / pairs);
  if (pairs === 1) return `example ${example + 1}`;
  const place = pair % pairs;
  const other = place < labels[example] ? place : place + 1;
  const text = file.data?.labels.find(({ label }) => label === other)?.text;
  return `example ${example + 1}, not ${text ?? other}`;
}

function angleFigure(
  { limit, beyond }: FlowResultFile,
  points: readonly PointEntry[],
): Figure | undefined {
  if (!limit?.converged || points.length < 2) return undefined;
  const x = [...points, ...beyond].map(({ alpha }) => alpha);
  const own = points.map(({ direction }) =>
    angleBetween(Float64Array.from(direction), Float64Array.from(limit.direction)),
  );
  const y = [...own, ...beyond.map(({ angle }) => angle)];
  const { predictedRatio } = limit;
  const last = x.length - 1;
  const series: Series[] = [{ name: 'angle of the run', x, y, points: true }];
  if (predictedRatio !== undefined) {
    const at = (alpha: number) => y[last] * predictedRatio ** Math.log10(alpha / x[last]);
    const possible = x.filter((alpha) => at(alpha) <= Math.PI);
    series.push({ name: 'rate that the limit predicts', x: possible, y: possible.map(at) });
  }
  return lineChart(
    {
      name: 'angle',
      title: 'Angle to the limit',
      caption:
        'The angle between θ and the direction of the limit falls to 0 where the limit is the run’s own.' +
        (beyond.length > 0
          ? ' Beyond the last row it is that of the equation which the flow obeys as α → ∞.'
          : '') +
        (predictedRatio === undefined
          ? ''
          : ' The predicted line is drawn through the last point.'),
    },
    {
      x: ALPHA,
      y: { title: 'angle (radians, log scale)', symbol: 'angle', scale: 'log' },
      series,
      references: endOfRows(beyond, points),
    },
  );
}

function alignmentFigure(points: readonly PointEntry[]): Figure | undefined {
  if (points.length < 2) return undefined;
  return lineChart(
    {
      name: 'alignment',
      title: 'Alignment of θ with −∇𝓛',
      caption: 'One minus the cosine between θ and −∇𝓛, which alignment sends to 0.',
    },
    {
      x: ALPHA,
      y: { title: '1 − cosine (no unit, log scale)', symbol: '1 − cosine', scale: 'log' },
      series: [
        {
          name: '1 − cosine',
          x: points.map(({ alpha }) => alpha),
          y: points.map(({ alignment }) => 1 - alignment),
          points: true,
        },
      ],
    },
  );
}
