import { lineChart, type Axis, type Figure, type Series } from '../../charts/index.js';
import type { FlowRecord } from '../../records/index.js';
import { remaining, type Remaining } from './lengths.js';
import type { KurdykaRecord } from './plan.js';

/** The inequality on flows and on the spiral, secants, and the chain rule. */
export function kurdykaFigures(record: KurdykaRecord): Figure[] {
  return [
    lengthFigure(record.flows),
    spiralFigure(record),
    shareFigure(record.flows),
    secantFigure(record),
    chainRuleFigure(record),
  ];
}

const NAMES: Readonly<Record<string, string>> = {
  'planar relu': 'ReLU (L = 2)',
  'planar squared-relu': 'squared ReLU (L = 3)',
  'two linear layers': 'two linear layers (L = 2)',
  linear: 'linear (L = 1)',
};

function seriesOf(
  flows: readonly FlowRecord[],
  x: (row: Remaining) => number,
  y: (row: Remaining) => number,
): Series[] {
  return flows.map((run, k) => {
    // Curves are drawn from left to right.
    const rows = remaining(run).sort((a, b) => x(a) - x(b));
    const name = NAMES[run.problem.name] ?? run.problem.name;
    return { name, x: rows.map(x), y: rows.map(y), color: k, dash: k, points: true };
  });
}

const GAP: Axis = { title: 'a − γ̃ (log scale)', symbol: 'a − γ̃', scale: 'log' };

function lengthFigure(flows: readonly FlowRecord[]): Figure {
  const series = seriesOf(
    flows,
    ({ gap }) => gap,
    ({ length }) => length,
  );
  const gaps = series.flatMap(({ x }) => Array.from(x)).filter((gap) => gap > 0);
  const ends = [Math.min(...gaps), Math.max(...gaps)];
  const guide = (name: string, power: number, dash: number): Series => ({
    name,
    x: ends,
    y: ends.map((gap) => 3 * gap ** power),
    color: 6,
    dash,
  });
  return lineChart(
    {
      name: 'kurdyka-lengths',
      title: 'What is left of the path against what is left of the margin',
      caption:
        'A dot at each power of ten of α, the latest at the left. Along the guides the length falls like the square ' +
        'root of a − γ̃ and like a − γ̃ itself; a run below a line times a constant has a path of finite length.',
    },
    {
      x: GAP,
      y: { title: 'ζ∞ − ζ (radians, log scale)', symbol: 'ζ∞ − ζ', scale: 'log' },
      series: [...series, guide('power ½', 0.5, 6), guide('power 1', 1, 2)],
    },
  );
}

function spiralFigure({ flows, spiral }: KurdykaRecord): Figure {
  const { curve } = spiral;
  const network = flows[flows.length - 1];
  const rows = remaining(network);
  const whole = rows[0];
  return lineChart(
    {
      name: 'kurdyka-spiral',
      title: 'Length of the path where the inequality holds, and where it cannot',
      caption:
        'With every unit of −log(a − γ̃) the spiral goes on by about a radian, so that no function of a − γ̃ that ' +
        'vanishes at 0 bounds what is left. The path of the network levels off.',
    },
    {
      x: { title: '−log(a − γ̃) (no unit)', symbol: '−log(a − γ̃)' },
      y: { title: 'ζ, length of the path so far (radians)', symbol: 'ζ' },
      series: [
        { name: 'spiral', x: curve.minusLogGap, y: curve.pathLength },
        {
          name: `${NAMES[network.problem.name] ?? network.problem.name}, from α = 1 on`,
          x: rows.map(({ gap }) => -Math.log(gap)),
          y: rows.map(({ length }) => whole.length - length),
          points: true,
        },
      ],
    },
  );
}

/** Later the angle of a linear model is lost in rounding. */
const SHARES_UNTIL = 1.1e5;

function shareFigure(flows: readonly FlowRecord[]): Figure {
  const shares = seriesOf(
    flows,
    ({ alpha }) => alpha,
    ({ alpha, share }) => (alpha <= SHARES_UNTIL ? share : NaN),
  ).map((series) => {
    const kept = Array.from(series.y, (_, k) => k).filter((k) => !Number.isNaN(series.y[k]));
    return { ...series, x: kept.map((k) => series.x[k]), y: kept.map((k) => series.y[k]) };
  });
  const drawn = shares.filter(({ x }) => x.length > 1);
  const missing = shares.filter(({ x }) => x.length <= 1).map(({ name }) => name);
  const without =
    missing.length === 0
      ? ''
      : ` Not drawn: ${missing.join(', ')}, which carries its dual variables at fewer than two powers of ten.`;
  return lineChart(
    {
      name: 'kurdyka-shares',
      title: 'What makes the smoothed margin rise',
      caption:
        'γ̃ rises by motion across θ, which the path pays for, and by growth along θ, which it does not. For a linear model ' +
        `growth does nearly all, so the path is shorter than the square root would allow.${without}`,
    },
    {
      x: { title: 'α (log scale)', symbol: 'α', scale: 'log' },
      y: { title: 'rise across θ ÷ rise along θ (log scale)', symbol: 'the ratio', scale: 'log' },
      series: drawn,
      references: [{ axis: 'y', at: 1, label: 'both alike' }],
    },
  );
}

function secantFigure({ secants }: KurdykaRecord): Figure {
  const series = secants.map(({ name, log10Distance, angle }): Series => {
    const rows = Array.from(angle, (_, k) => k).reverse();
    return {
      name,
      x: rows.map((k) => 10 ** log10Distance[k]),
      y: rows.map((k) => Math.abs(angle[k])),
    };
  });
  return lineChart(
    {
      name: 'kurdyka-secants',
      title: 'The secant of a flow into a critical point of a polynomial',
      caption:
        'The angle between the line from the origin to the point and its limit, the axis of x. It falls like the distance; the ' +
        'dips are where the run crosses the axis.',
    },
    {
      x: {
        title: 'distance from the critical point (log scale)',
        symbol: 'distance',
        scale: 'log',
      },
      y: { title: 'angle of the secant (radians, log scale)', symbol: 'angle', scale: 'log' },
      series,
    },
  );
}

/** What is smaller is 0 but for rounding, and is drawn here. */
const FLOOR = 1e-18;

function chainRuleFigure({ chainRule }: KurdykaRecord): Figure {
  const { alpha, spread, oneSided, mismatch } = chainRule;
  const series = [
    { name: 'v − v₀ along the gradient of slope 0', column: oneSided },
    { name: 'growth of margins against the rate', column: mismatch },
    { name: 'v − v₀ along the velocity', column: spread },
  ].map(({ name, column }): Series => {
    const rows = Array.from(alpha, (_, k) => k).filter(
      (k) => alpha[k] > 0 && !Number.isNaN(column[k]),
    );
    return {
      name,
      x: rows.map((k) => alpha[k]),
      y: rows.map((k) => Math.max(FLOOR, column[k])),
    };
  });
  return lineChart(
    {
      name: 'kurdyka-chain-rule',
      title: 'The chain rule along a ReLU flow that slides on kinks',
      caption:
        'On a kink a margin has many gradients v. Along the velocity all of them give one rate: their differences from one of ' +
        'them, v₀, are at right angles to it but for rounding, and the margin grows by that rate. Along the gradient of slope 0 ' +
        'on every kink they disagree.',
    },
    {
      x: { title: 'α (log scale)', symbol: 'α', scale: 'log' },
      y: { title: 'disagreement (no unit, log scale)', symbol: 'disagreement', scale: 'log' },
      series,
    },
  );
}
