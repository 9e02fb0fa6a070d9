import { lineChartPanels, type Axis, type Figure, type Series } from '../../charts/index.js';
import type { FlowRecord } from '../../records/index.js';
import { nameOf, placeInPalette } from '../common/flow-columns.js';

/** What is 0, or α = 1 where a run was told to stop there, is so but for rounding. */
const ROUNDING = 1e-9;

/** How far on the dashes of test errors lie, so that none is that of a training error. */
const TEST = 4;

/** Training and test error: before α = 1 on a linear axis, where the errors fall, and after it on a logarithmic one. */
export function errorFigure(flows: readonly FlowRecord[]): Figure {
  const series = flows.flatMap((run): Series[] => {
    const color = placeInPalette(run.problem);
    const { alpha, trainingError } = run.measurements;
    const name = nameOf(run.problem);
    const held = run.testError;
    return [
      { name: `${name}, training`, x: alpha, y: justAfter(run, trainingError), color, dash: color },
      ...(held ? [{ name: `${name}, test`, x: alpha, y: held, color, dash: color + TEST }] : []),
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
        series: series.map((one) => restricted(one, (alpha) => alpha <= 1 + ROUNDING)),
        references: [{ axis: 'x', at: 0, label: 'α = 0' }],
        steps: true,
      },
      {
        title: 'from α = 1 on',
        x: { title: 'α (log scale)', symbol: 'α', scale: 'log' },
        y: share,
        series: series.map((one) => restricted(one, (alpha) => alpha >= 1 - ROUNDING)),
        steps: true,
      },
    ],
  );
}

/**
 * Errors on the training data, where that at separation is the one just after it: there the last example lies on
 * the decision, and rounding would say on which side.
 */
function justAfter({ measurements }: FlowRecord, errors: ArrayLike<number>): number[] {
  const { normalizedMargin } = measurements;
  const largest = normalizedMargin.reduce((most, margin) => Math.max(most, Math.abs(margin)), 0);
  const last = errors.length - 1;
  return Array.from(errors, (error, k) => {
    const isOpen = Math.abs(normalizedMargin[k]) <= ROUNDING * largest;
    return isOpen ? errors[Math.min(k + 1, last)] : error;
  });
}

/** A series where x is as wanted. */
function restricted(series: Series, holds: (x: number) => boolean): Series {
  const rows = Array.from(series.x, (_, k) => k).filter((k) => holds(series.x[k]));
  return { ...series, x: rows.map((k) => series.x[k]), y: rows.map((k) => series.y[k]) };
}
