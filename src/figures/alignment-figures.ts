import type { AlignmentRecord } from '../claims/index.js';
import type { DescentRun, FlowRun } from '../experiments/index.js';
import type { Axis } from './axis.js';
import type { Figure } from './figure.js';
import { lineChart, type Series } from './line-chart.js';
import { lineChartPanels } from './panels.js';
import { nameOf, oneMinusCosine, placeInPalette } from './run-columns.js';

const ALPHA: Axis = { title: 'α (log scale)', symbol: 'α', scale: 'log', least: 0.1 };
const FROM_ONE: Axis = { ...ALPHA, least: 1 };

/** What Theorem 4.1 says, drawn: for the flow, and for descent with its control. */
export function alignmentFigures(record: AlignmentRecord): Figure[] {
  const runs = [...record.flows, record.beyond];
  return [angleFigure(runs, record), cosineFigure(runs, record), descentFigure(record)];
}

function seriesOf(
  runs: readonly FlowRun[],
  { beyond }: AlignmentRecord,
  column: (run: FlowRun) => Float64Array,
): Series[] {
  return runs.map((run) => ({
    name: nameOf(run.problem) + (run === beyond ? ' (beyond the theorem)' : ''),
    x: run.measurements.alpha,
    y: column(run),
    color: placeInPalette(run.problem),
    dash: placeInPalette(run.problem),
  }));
}

function angleFigure(runs: readonly FlowRun[], record: AlignmentRecord): Figure {
  return lineChart(
    {
      name: 'alignment-angle',
      title: 'Angle between the weights θ and −∇ℒ',
      caption:
        'The negative gradient turns towards the weights where the angle keeps falling; along a straight line ' +
        'it falls like a power of α. ReLU, whose gradient is not locally Lipschitz, is beyond the theorem.',
    },
    {
      x: ALPHA,
      y: { title: 'angle (radians, log scale)', symbol: 'angle', scale: 'log' },
      series: seriesOf(runs, record, (run) => run.measurements.alignmentAngle),
    },
  );
}

function cosineFigure(runs: readonly FlowRun[], record: AlignmentRecord): Figure {
  return lineChart(
    {
      name: 'alignment-cosine',
      title: 'Distance of the cosine between θ and −∇ℒ from 1',
      caption:
        'One minus the cosine, which alignment sends to 0; from the angle, so that no digits are lost.',
    },
    {
      x: ALPHA,
      y: { title: '1 − cosine (log scale)', symbol: '1 − cosine', scale: 'log' },
      series: seriesOf(runs, record, (run) => oneMinusCosine(run.measurements.alignmentAngle)),
    },
  );
}

/** Instantaneous and averaged alignment of descent beside its smoothed margin. */
function descentFigure({ flows, descent, halved, coarse }: AlignmentRecord): Figure {
  const same = flows.find(({ problem }) => problem.name === descent.problem.name);
  const runs = [descent, halved, coarse];
  const panel = (
    ofDescent: (run: DescentRun) => ArrayLike<number>,
    ofFlow: (run: FlowRun) => ArrayLike<number>,
  ): Series[] => [
    ...(same
      ? [{ name: 'flow', x: same.measurements.alpha, y: ofFlow(same), color: 6, dash: 0 }]
      : []),
    ...runs.map((run, k) => ({
      name: `descent, steps ${run.c}/α`,
      x: run.measurements.alpha,
      y: ofDescent(run),
      color: k,
      dash: [1, 2, 0][k],
    })),
  ];
  const cosine = ({ measurements }: FlowRun | DescentRun) =>
    oneMinusCosine(measurements.alignmentAngle);
  const smoothed = ({ measurements }: FlowRun | DescentRun) => measurements.smoothedMargin;
  const averaged = ({ result }: DescentRun) => result.averagedAlignment.map((value) => 1 - value);
  const y: Axis = { title: '1 − cosine (log scale)', symbol: '1 − cosine', scale: 'log' };
  return lineChartPanels(
    {
      name: 'alignment-descent',
      title: `Descent: alignment and smoothed margin by step size (${nameOf(descent.problem)})`,
      caption:
        'Steps have relative length c/α. Descent stands for the flow where halving c changes nothing; compare ' +
        'the longest steps, whose smoothed margin looks right whatever their alignment does.',
    },
    [
      { title: 'gradient of every step', x: FROM_ONE, y, series: panel(cosine, cosine) },
      { title: 'steps averaged over 5 % of α', x: FROM_ONE, y, series: panel(averaged, cosine) },
      {
        title: 'smoothed margin',
        x: FROM_ONE,
        y: { title: 'γ̃ = α/‖θ‖ᴸ (no unit)', symbol: 'γ̃' },
        series: panel(smoothed, smoothed),
      },
    ],
  );
}
