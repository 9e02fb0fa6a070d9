import type { FlowRun } from '../experiments/index.js';
import type { Axis } from './axis.js';
import type { Figure } from './figure.js';
import type { Series } from './line-chart.js';
import { lineChartPanels } from './panels.js';
import { nameOf, placeInPalette, testError } from './run-columns.js';

/** Training and test error: before α = 1 on a linear axis, where the errors fall, and after it on a logarithmic one. */
export function errorFigure(flows: readonly FlowRun[]): Figure {
  const series = flows.flatMap((run): Series[] => {
    const color = placeInPalette(run.problem);
    const { alpha, trainingError } = run.measurements;
    const name = nameOf(run.problem);
    const held = testError(run);
    return [
      { name: `${name}, training`, x: alpha, y: trainingError, color, dash: 0 },
      ...(held ? [{ name: `${name}, test`, x: alpha, y: held, color, dash: 2 }] : []),
    ];
  });
  const most = Math.max(0.1, ...series.flatMap(({ y }) => Array.from(y)));
  const share: Axis = {
    title: 'share misclassified',
    symbol: 'error',
    domain: [0, Math.ceil(10 * most) / 10],
  };
  return lineChartPanels(
    {
      name: 'training-error',
      title: 'Training error and test error',
      caption:
        'All training examples are classified once α > 0, where the theorem begins; predictions on held-out ' +
        'examples settle as the direction does.',
    },
    [
      {
        title: 'up to α = 1',
        x: { title: 'α', symbol: 'α' },
        y: share,
        series: series.map((one) => restricted(one, (alpha) => alpha <= 1)),
        references: [{ axis: 'x', at: 0, label: 'α = 0' }],
        steps: true,
      },
      {
        title: 'from α = 1 on',
        x: { title: 'α (log scale)', symbol: 'α', scale: 'log' },
        y: share,
        series: series.map((one) => restricted(one, (alpha) => alpha >= 1)),
        steps: true,
      },
    ],
  );
}

/** A series where x is as wanted. */
function restricted(series: Series, holds: (x: number) => boolean): Series {
  const rows = Array.from(series.x, (_, k) => k).filter((k) => holds(series.x[k]));
  return { ...series, x: rows.map((k) => series.x[k]), y: rows.map((k) => series.y[k]) };
}
