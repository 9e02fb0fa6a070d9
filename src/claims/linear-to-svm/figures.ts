import {
  lineChart,
  lineChartPanels,
  predictionSurfaces,
  type Axis,
  type Figure,
  type Series,
} from '../../charts/index.js';
import type { LinearRun, LinearSvmRecord } from '../../records/index.js';
import type { LinearToSvmRecord } from './plan.js';

const LOG_TIME: Axis = { title: 'log t (log scale)', symbol: 'log t', scale: 'log', least: 1 };
const STEPS: Axis = { title: 'steps (log scale)', symbol: 'steps', scale: 'log', least: 10 };
const ANGLE: Axis = { title: 'angle (radians, log scale)', symbol: 'angle', scale: 'log' };

/** The two clocks, what descent shows of them, and the classifiers themselves. */
export function linearToSvmFigures({ linear }: LinearToSvmRecord): Figure[] {
  return [clocksFigure(linear), stepsFigure(linear), ...surfaceFigures(linear)];
}

function runsOf({ flow, descents }: LinearSvmRecord): readonly LinearRun[] {
  return [flow, ...descents];
}

function clocksFigure(record: LinearSvmRecord): Figure {
  const { flow } = record;
  const law: Series = {
    name: 'law ŵ log t + w̃',
    x: flow.logTime,
    y: flow.predictedAngle,
    color: 6,
    dash: 1,
  };
  return lineChart(
    {
      name: 'svm-clocks',
      title: 'Angle to the maximum margin on the clock log t',
      caption:
        'Gradient flow, and gradient descent from two starts, against the law whose second term is computed from the ' +
        'support vectors alone. A million on this axis is a time of e to the million; descent sees its left end.',
    },
    {
      x: LOG_TIME,
      y: ANGLE,
      series: [
        ...runsOf(record).map((run, k) => ({
          name: run.name,
          x: run.logTime,
          y: run.angle,
          color: k,
          dash: k === 0 ? 0 : k + 1,
        })),
        law,
      ],
    },
  );
}

function stepsFigure({ descents }: LinearSvmRecord): Figure {
  const series = (column: (run: LinearRun) => ArrayLike<number>): Series[] =>
    descents.map((run, k) => ({
      name: run.name,
      x: run.steps,
      y: column(run),
      color: k + 1,
      dash: k,
    }));
  return lineChartPanels(
    {
      name: 'svm-steps',
      title: 'What gradient descent shows in the steps that one can take',
      caption:
        'Margin and angle change so slowly that no rate could be read off; the distance from the law ' +
        'ŵ log t + w̃, as a share of ‖w̃‖, falls like a power of the number of steps.',
    },
    [
      {
        title: 'share of the maximum margin',
        x: STEPS,
        y: { title: 'γ̄ / γ (no unit)', symbol: 'γ̄/γ', domain: [0, 1] },
        series: series(({ marginShare }) => marginShare),
      },
      {
        title: 'angle to the maximum margin',
        x: STEPS,
        y: ANGLE,
        series: series(({ angle }) => angle),
      },
      {
        title: 'distance from the law',
        x: STEPS,
        y: { title: 'share of ‖w̃‖ (log scale)', symbol: 'distance', scale: 'log' },
        series: series(({ lawDistance }) => lawDistance),
      },
    ],
  );
}

function surfaceFigures({ problem, surfaces }: LinearSvmRecord): Figure[] {
  if (!surfaces) return [];
  const words = {
    name: 'svm-surfaces',
    title: 'The classifier turns towards the maximum margin',
    caption:
      'Scores of unit weights over the plane: the line where they change sign, and dashed those where they are ± the smallest ' +
      'margin, which at the maximum touch the support vectors of both classes.',
  };
  return [predictionSurfaces(words, problem.data, surfaces)];
}
