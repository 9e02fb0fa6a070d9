import {
  alphaAxis,
  marginsOfExamples,
  lineChart,
  lineChartPanels,
  rowsForExamples,
  type Axis,
  type Figure,
} from '../../charts/index.js';
import { readable } from '../../text/numbers.js';
import { evenRows } from '../../metrics/paths.js';
import type { FlowRecord } from '../../records/index.js';
import { marginsAt, nameOf, seriesOf } from '../common/flow-columns.js';
import type { MarginMaximizationRecord } from './plan.js';

/** Margins in time, their distance from the limit's, and those of single examples. */
export function maximizationFigures(record: MarginMaximizationRecord): Figure[] {
  const runs = [...record.flows, record.kinked];
  return [growthFigure(runs), gapFigure(runs), supportFigure(runs)];
}

function growthFigure(runs: readonly FlowRecord[]): Figure {
  const time: Axis = { title: 'log t (log scale)', symbol: 'log t', scale: 'log', least: 1 };
  return lineChartPanels(
    {
      name: 'margins-in-time',
      title: 'Smoothed and normalized margin in time',
      caption:
        'Time is out of sight: log t is close to α, so the right end lies near t = e^α. In theory the smoothed ' +
        'margin α/‖θ‖ᴸ never falls; the normalized margin min pᵢ/‖θ‖ᴸ lies above it and has the same limit γ.',
    },
    runs.map((run) => {
      const { logTime, smoothedMargin, normalizedMargin } = run.measurements;
      const { margin } = run.certificate.limit;
      return {
        title: nameOf(run.problem),
        x: time,
        y: { title: 'margin (no unit)', symbol: 'margin' },
        series: [
          { name: 'normalized margin γ̄', x: logTime, y: normalizedMargin },
          { name: 'smoothed margin γ̃', x: logTime, y: smoothedMargin },
        ],
        references: [{ axis: 'y', at: margin, label: `γ = ${readable(margin, 3)}` }],
      };
    }),
  );
}

function gapFigure(runs: readonly FlowRecord[]): Figure {
  return lineChart(
    {
      name: 'margin-gap',
      title: 'Gap between the normalized margin and that of the limit',
      caption:
        'Along a straight line the relative gap falls like a power of α; a sharp dip is a change of sign.',
    },
    {
      x: alphaAxis,
      y: { title: '|γ − γ̄|/γ (log scale)', symbol: 'gap', scale: 'log' },
      series: runs.map((run) => {
        const { margin } = run.certificate.limit;
        const { alpha, normalizedMargin } = run.measurements;
        const gaps = normalizedMargin.map((value) => Math.abs(margin - value) / margin);
        return seriesOf(run, alpha, gaps);
      }),
    },
  );
}

function supportFigure(runs: readonly FlowRecord[]): Figure {
  return marginsOfExamples(
    {
      name: 'margins-of-examples',
      title: 'Margins of single training examples',
      caption:
        'One line per training example, as a multiple of the limit’s margin γ. The support vectors, those with ' +
        'a positive multiplier in the limit, come together at 1, and all others end above.',
    },
    runs.map((run) => {
      const { trajectory } = run.result;
      const { limit } = run.certificate;
      const rows = evenRows(trajectory, rowsForExamples(runs.length, run.problem.data.examples));
      return {
        title: nameOf(run.problem),
        alpha: rows.map((row) => trajectory.alpha[row]),
        margins: rows.map((row) => marginsAt(run, row).map((value) => value / limit.margin)),
        support: limit.support,
      };
    }),
  );
}
