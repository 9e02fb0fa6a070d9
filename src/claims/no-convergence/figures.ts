import {
  discPaths,
  lineChart,
  lineChartPanels,
  type Axis,
  type DiscPath,
  type Figure,
  type Series,
} from '../../charts/index.js';
import { readable, rounded } from '../../text/numbers.js';
import type { SpiralColumns, SpiralRecord } from '../../records/index.js';
import { SHRINKAGE } from '../common/flow-plans.js';
import { lengthPerAlphaDecade } from '../common/spiral-columns.js';
import type { NoConvergenceRecord } from './plan.js';

/** The path, what it takes to make a turn, and how a deviation grows. */
export function noConvergenceFigures({ spiral }: NoConvergenceRecord): Figure[] {
  return [pathFigure(spiral), turnsFigure(spiral), departureFigure(spiral), decadesFigure(spiral)];
}

function pathFigure({ curve, free }: SpiralRecord): Figure {
  const seen = (title: string, { phi, s }: SpiralColumns, color: number): DiscPath => {
    const radius = s.map((value) => Math.acos(1 / Math.sqrt(value)) / (Math.PI / 2));
    return {
      title,
      x: phi.map((angle, k) => radius[k] * Math.cos(angle)),
      y: phi.map((angle, k) => radius[k] * Math.sin(angle)),
      color,
    };
  };
  return discPaths(
    {
      name: 'spiral-path',
      title: 'Paths of the direction θ/‖θ‖ on a map of the half sphere',
      caption:
        'The pole is in the middle, and distances from it are true. Both paths start at the dot and wind towards the ' +
        'equator (dashed), which they never reach. The invariant curve is known exactly; the free run is integrated ' +
        'without that knowledge, leaves the curve, and winds on along the floor of the valley.',
    },
    { x: 'along θ₁ (right angles)', y: 'along θ₂ (right angles)' },
    [seen('along the invariant curve', curve, 0), seen('held to nothing', free, 1)],
  );
}

const CLOCK: Axis = { title: 'log log ‖θ‖ (no unit)', symbol: 'log log ‖θ‖' };

function turnsFigure({ curve, free, start }: SpiralRecord): Figure {
  const panel = (of: (run: SpiralColumns) => Float64Array): Series[] => [
    { name: 'invariant curve', x: curve.logLogNorm, y: of(curve) },
    { name: 'free run', x: free.logLogNorm, y: of(free) },
  ];
  return lineChartPanels(
    {
      name: 'spiral-turns',
      title: 'Turns of the direction, and how near the margin is to its largest value',
      caption:
        'On the invariant curve a turn takes about 2π units of log log ‖θ‖, whether it is the first or the tenth: the ' +
        'direction slows down, and never stops. The free run comes to the same pace, later. Meanwhile γ̃ rises to 1.',
    },
    [
      {
        title: 'turns since the start',
        x: CLOCK,
        y: { title: 'turns', symbol: 'turns' },
        series: panel(({ phi }) => phi.map((angle) => (angle - start) / (2 * Math.PI))),
      },
      {
        title: 'smoothed margin',
        x: CLOCK,
        y: { title: '−log(1 − γ̃) (no unit)', symbol: '−log(1 − γ̃)' },
        series: panel(({ minusLogGap }) => minusLogGap),
      },
    ],
  );
}

/** From this phase on a run has left, and φ may even go back. */
const GONE = 0.5;

function departureFigure({ free, perturbed, leaves, neutral, start }: SpiralRecord): Figure {
  const runs = [
    ...perturbed.map(({ perturbation, run }) => ({
      name: `${readable(perturbation, 2)} at the start`,
      run,
    })),
    { name: 'none at the start: rounding', run: free },
  ];
  const series = runs.map(({ name, run }, k): Series => {
    const away = run.phi.map((phi, row) => Math.abs(phi - run.s[row]));
    const gone = away.findIndex((deviation) => deviation > GONE);
    const end = gone < 0 ? away.length : gone;
    return { name, x: run.phi.slice(0, end), y: away.slice(0, end), color: k, dash: k };
  });
  return lineChart(
    {
      name: 'spiral-departure',
      title: 'How runs leave the curve that they should keep to',
      caption:
        'The distance from the curve, |φ − s|, shrinks at first, and grows from the vertical line on, ever faster: ' +
        'no number of digits keeps a run there for long. Rounding alone is enough. Each run is drawn until it has left.',
    },
    {
      x: {
        title: 'φ (radians)',
        symbol: 'φ',
        domain: [rounded(start, 3), rounded(leaves + 0.1, 3)],
      },
      y: {
        title: 'deviation of the phase (radians, log scale)',
        symbol: 'deviation',
        scale: 'log',
      },
      series,
      references: [{ axis: 'x', at: neutral, label: 'turns unstable' }],
    },
  );
}

const DRAWN_DECADES = 12;

function decadesFigure({ curve, degree }: SpiralRecord): Figure {
  const lengths = lengthPerAlphaDecade(curve, degree, DRAWN_DECADES);
  const x = lengths.map((_, k) => k + 2);
  const last = lengths.length - 1;
  const guide = (of: (k: number) => number) => x.map((_, k) => of(k));
  return lineChart(
    {
      name: 'spiral-decades',
      title: 'Length of the path per decade of α, where the direction circles for ever',
      caption:
        'The lengths shrink, and yet their sum grows beyond every bound: they follow 1/k, k the number of the ' +
        `decade. Only a factor that stays below 1, such as ${SHRINKAGE}, would bound it.`,
    },
    {
      x: { title: 'log₁₀ α at the end of the decade', symbol: 'log₁₀ α' },
      y: { title: 'length within the decade (radians, log scale)', symbol: 'length', scale: 'log' },
      series: [
        { name: 'invariant curve', x, y: lengths, points: true },
        { name: '1/k', x, y: guide((k) => (lengths[last] * x[last]) / x[k]) },
        {
          name: `× ${SHRINKAGE} per decade`,
          x,
          y: guide((k) => lengths[0] * SHRINKAGE ** k),
          color: 6,
          dash: 6,
        },
      ],
    },
  );
}
