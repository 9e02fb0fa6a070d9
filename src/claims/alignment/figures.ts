import {
  alphaAxis,
  lineChart,
  lineChartPanels,
  type Axis,
  type Figure,
  type Series,
} from '../../charts/index.js';
import type { DescentRecord, FlowRecord } from '../../records/index.js';
import { nameOf, oneMinusCosine, seriesOf } from '../common/flow-columns.js';
import type { AlignmentRecord } from './plan.js';

const FROM_ONE: Axis = { ...alphaAxis, least: 1 };

/** What Theorem 4.1 says, drawn: for the flow, and for descent with its control. */
export function alignmentFigures(record: AlignmentRecord): Figure[] {
  const runs = [...record.flows, record.beyond];
  return [angleFigure(runs, record), cosineFigure(runs, record), descentFigure(record)];
}

function seriesOfRuns(
  runs: readonly FlowRecord[],
  { beyond }: AlignmentRecord,
  column: (run: FlowRecord) => Float64Array,
): Series[] {
  return runs.map((run) => {
    const name = nameOf(run.problem) + (run === beyond ? ' (beyond the theorem)' : '');
    return seriesOf(run, run.measurements.alpha, column(run), name);
  });
}

function angleFigure(runs: readonly FlowRecord[], record: AlignmentRecord): Figure {
  return lineChart(
    {
      name: 'alignment-angle',
      title: 'Angle between the weights θ and −∇ℒ',
      caption:
        'The negative gradient turns towards the weights where the angle keeps falling; along a straight line ' +
        'it falls like a power of α. ReLU, whose gradient is not locally Lipschitz, is beyond the theorem.',
    },
    {
      x: alphaAxis,
      y: { title: 'angle (radians, log scale)', symbol: 'angle', scale: 'log' },
      series: seriesOfRuns(runs, record, (run) => run.measurements.alignmentAngle),
    },
  );
}

function cosineFigure(runs: readonly FlowRecord[], record: AlignmentRecord): Figure {
  return lineChart(
    {
      name: 'alignment-cosine',
      title: 'Distance of the cosine between θ and −∇ℒ from 1',
      caption:
        'One minus the cosine, which alignment sends to 0; from the angle, so that no digits are lost.',
    },
    {
      x: alphaAxis,
      y: { title: '1 − cosine (log scale)', symbol: '1 − cosine', scale: 'log' },
      series: seriesOfRuns(runs, record, (run) => oneMinusCosine(run.measurements.alignmentAngle)),
    },
  );
}

/** Instantaneous and averaged alignment of descent beside its smoothed margin. */
function descentFigure({ flows, descent, halved, coarse }: AlignmentRecord): Figure {
  const same = flows.find(({ problem }) => problem.name === descent.problem.name);
  const runs = [descent, halved, coarse];
  const panel = (
    ofDescent: (run: DescentRecord) => ArrayLike<number>,
    ofFlow: (run: FlowRecord) => ArrayLike<number>,
  ): Series[] => [
    ...(same
      ? [
          {
            name: 'flow',
            x: same.measurements.alpha,
            y: ofFlow(same),
            color: 6,
            dash: 0,
            beneath: true,
          },
        ]
      : []),
    ...runs.map((run, k) => ({
      name: `descent, steps ${run.c}/α`,
      x: run.measurements.alpha,
      y: ofDescent(run),
      color: k,
      dash: [1, 2, 4][k],
    })),
  ];
  const cosine = ({ measurements }: FlowRecord | DescentRecord) =>
    oneMinusCosine(measurements.alignmentAngle);
  const smoothed = ({ measurements }: FlowRecord | DescentRecord) => measurements.smoothedMargin;
  const averaged = ({ result }: DescentRecord) =>
    result.averagedAlignment.map((value) => 1 - value);
  const y: Axis = { title: '1 − cosine (log scale)', symbol: '1 − cosine', scale: 'log' };
  return lineChartPanels(
    {
      name: 'alignment-descent',
      title: `Descent: alignment and smoothed margin by step size (${nameOf(descent.problem)})`,
      caption:
        'Steps have relative length c/α. Descent stands for the flow where halving c changes nothing, so that curves lie on each other; compare ' +
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
