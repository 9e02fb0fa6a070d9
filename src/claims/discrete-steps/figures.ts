import {
  alphaAxis,
  lineChart,
  lineChartPanels,
  type Axis,
  type Figure,
  type Series,
} from '../../charts/index.js';
import type { StepThresholdRecord, ThresholdDescent } from '../../records/index.js';
import { digits, readable } from '../../text/numbers.js';
import { oneMinusCosine } from '../common/flow-columns.js';
import { ABOVE, BELOW, DOUBLED, HALVED, type DiscreteStepsRecord } from './plan.js';
import { endOf, finishedRuns, isSound } from './soundness.js';

const COSINE: Axis = { title: '1 − cosine (log scale)', symbol: '1 − cosine', scale: 'log' };

/** The threshold, drawn: over steps from a late point, over C for all seeds, and from the start. */
export function discreteStepsFigures({ sweep }: DiscreteStepsRecord): Figure[] {
  const runs = finishedRuns(sweep);
  const sound = runs.filter(isSound);
  const [first] = runs;
  return [
    ...(first ? [lateFigure(first)] : []),
    ...(sound.length > 0 ? [thresholdFigure(sound)] : []),
    ...(first && first.early.length > 0 ? [earlyFigure(first)] : []),
  ];
}

function named(descent: ThresholdDescent, k: number): Pick<Series, 'name' | 'color' | 'dash'> {
  return { name: `${descent.factor} C*`, color: k, dash: k };
}

/** Descents that one chart has room for, from a halved step to a doubled one. */
const DRAWN = [HALVED, BELOW, ABOVE, 1.4, DOUBLED];

function lateFigure({ late, alpha, threshold, problem }: StepThresholdRecord): Figure {
  const series = late
    .filter(({ factor }) => DRAWN.includes(factor))
    .map((descent, k) => ({
      ...named(descent, k),
      x: descent.steps,
      y: oneMinusCosine(descent.alignmentAngle),
    }));
  return lineChart(
    {
      name: 'discrete-steps-late',
      title: `Descent from the flow at α = ${readable(alpha, 1)} (seed ${problem.seed})`,
      caption:
        `Steps of relative length C/α, with C a share of C* = ${digits(threshold)}. All begin aligned. Below C* they stay so; ` +
        'above it rounding grows from step to step until the steps swing from side to side.',
    },
    {
      x: { title: 'steps (log scale)', symbol: 'steps', scale: 'log', least: 1 },
      y: COSINE,
      series,
      ordered: true,
    },
  );
}

/** The curve of C* over C has so many steps beyond C*. */
const GRID = 60;
/** Where the axis begins. */
const FROM = 0.4;

function thresholdFigure(sound: readonly StepThresholdRecord[]): Figure {
  const series: Series[] = sound.map(({ late, problem }, k) => ({
    name: `seed ${problem.seed}`,
    x: late.map(({ factor }) => factor),
    y: late.map(endOf),
    color: k,
    dash: k,
    points: true,
  }));
  const most = Math.max(...sound.flatMap(({ late }) => late.map(({ factor }) => factor)));
  // A corner at C*, and a curve beyond it.
  const beyond = Array.from({ length: GRID + 1 }, (_, k) => 1 + ((most - 1) * k) / GRID);
  const grid = [FROM, ...beyond];
  return lineChart(
    {
      name: 'discrete-steps-threshold',
      title: 'Cosine at the end by step size, one threshold for each seed',
      caption:
        'Where each descent ends, over C as a share of its own C*, which was computed from the limit before. ' +
        'Predicted: the smaller of 1 and C*/C.',
    },
    {
      x: { title: 'C / C* (no unit)', symbol: 'C / C*' },
      y: { title: 'cosine between θ and −∇ℒ at the end', symbol: 'cosine' },
      series: [
        {
          name: 'predicted',
          x: grid,
          y: grid.map((factor) => Math.min(1, 1 / factor)),
          color: 6,
          dash: 0,
        },
        ...series,
      ],
      references: [{ axis: 'x', at: 1, label: 'C = C*', atFoot: true }],
    },
  );
}

function earlyFigure({ early, flow, problem }: StepThresholdRecord): Figure {
  const x: Axis = { ...alphaAxis, least: 1 };
  const panel = (ofDescent: (run: StepThresholdRecord['flow']) => ArrayLike<number>): Series[] => {
    const last = Math.max(...early.map(({ alpha }) => alpha[alpha.length - 1]));
    const shown = flow.alpha.filter((value) => value <= last * 1.001).length;
    return [
      {
        name: 'flow',
        x: flow.alpha.slice(0, shown),
        y: Array.from(ofDescent(flow)).slice(0, shown),
        color: 6,
        dash: 0,
        beneath: true,
      },
      ...early.map((run, k) => ({
        ...named(run, k),
        x: run.alpha,
        y: ofDescent(run),
        dash: k + 1,
      })),
    ];
  };
  return lineChartPanels(
    {
      name: 'discrete-steps-early',
      title: `Descent from the start, below and above the threshold (seed ${problem.seed})`,
      caption:
        'Left: below C* descent aligns as the flow does, above it never. Where α is small the dual variables are not ' +
        'those of the limit, and the threshold is lower. Right: the smoothed margins do not tell them apart.',
    },
    [
      {
        title: 'alignment',
        x,
        y: COSINE,
        series: panel(({ alignmentAngle }) => oneMinusCosine(alignmentAngle)),
      },
      {
        title: 'smoothed margin',
        x,
        y: { title: 'γ̃ = α/‖θ‖ᴸ (no unit)', symbol: 'γ̃' },
        series: panel(({ smoothedMargin }) => smoothedMargin),
      },
    ],
  );
}
