import type { MarginMaximizationRecord } from '../claims/index.js';
import type { FlowRun } from '../experiments/index.js';
import { pointAt } from '../flows/index.js';
import { evenRows } from '../metrics/index.js';
import type { Axis } from './axis.js';
import { exampleMargins, rowsForExamples } from './example-margins.js';
import type { Figure } from './figure.js';
import { lineChart } from './line-chart.js';
import { shown } from './numbers.js';
import { lineChartPanels } from './panels.js';
import { marginsAt, nameOf, placeInPalette } from './run-columns.js';

/** Margins in time, their distance from the limit's, and those of single examples. */
export function maximizationFigures(record: MarginMaximizationRecord): Figure[] {
  const runs = [...record.flows, record.kinked];
  return [growthFigure(runs), gapFigure(runs), supportFigure(runs)];
}

function growthFigure(runs: readonly FlowRun[]): Figure {
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
        references: [{ axis: 'y', at: margin, label: `γ = ${shown(margin)}` }],
      };
    }),
  );
}

function gapFigure(runs: readonly FlowRun[]): Figure {
  return lineChart(
    {
      name: 'margin-gap',
      title: 'Gap between the normalized margin and that of the limit',
      caption:
        'Along a straight line the relative gap falls like a power of α; a sharp dip is a change of sign.',
    },
    {
      x: { title: 'α (log scale)', symbol: 'α', scale: 'log', least: 0.1 },
      y: { title: '|γ − γ̄|/γ (log scale)', symbol: 'gap', scale: 'log' },
      series: runs.map((run) => {
        const { margin } = run.certificate.limit;
        const { alpha, normalizedMargin } = run.measurements;
        return {
          name: nameOf(run.problem),
          x: alpha,
          y: normalizedMargin.map((value) => Math.abs(margin - value) / margin),
          color: placeInPalette(run.problem),
          dash: placeInPalette(run.problem),
        };
      }),
    },
  );
}

function supportFigure(runs: readonly FlowRun[]): Figure {
  return exampleMargins(
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
        margins: rows.map((row) =>
          marginsAt(run, pointAt(trajectory, row).direction).map((value) => value / limit.margin),
        ),
        support: limit.support,
      };
    }),
  );
}
