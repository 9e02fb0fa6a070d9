import { lineChart, type Figure, type Series } from '../../charts/index.js';
import type { FlowRecord } from '../../records/index.js';
import { readable } from '../../text/numbers.js';
import { nameOf, placeInPalette } from '../common/flow-columns.js';

/** What is 0, or α = 1 where a run was told to stop there, is so but for rounding. */
const ROUNDING = 1e-9;

/** How far on the dashes of test errors lie, so that none is that of a training error. */
const TEST = 4;

/** Training and test error up to α = 1, and in words what becomes of them later. */
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
  const early = series.map((one) => restricted(one, (alpha) => alpha <= 1 + ROUNDING));
  const most = Math.max(0.1, ...early.flatMap(({ y }) => Array.from(y)));
  return lineChart(
    {
      name: 'training-error',
      title: 'Training error and test error',
      caption: `All training examples are classified once α > 0, where the theorem begins. ${laterOn(flows)}`,
    },
    {
      x: { title: 'α', symbol: 'α' },
      y: {
        title: 'share misclassified',
        symbol: 'error',
        domain: [0, Math.ceil(10 * most) / 10],
      },
      series: early,
      references: [{ axis: 'x', at: 0, label: 'α = 0' }],
      steps: true,
    },
  );
}

/** Nearly level curves are quicker said than drawn. */
function laterOn(flows: readonly FlowRecord[]): string {
  const late = ({ measurements: { alpha } }: FlowRecord, errors: ArrayLike<number>) =>
    Array.from(errors).filter((_, k) => alpha[k] >= 1 - ROUNDING);
  const training = Math.max(...flows.flatMap((run) => late(run, run.measurements.trainingError)));
  const moved = flows.map((run) => {
    const errors = late(run, run.testError ?? []);
    return errors.length === 0 ? 0 : Math.max(...errors) - Math.min(...errors);
  });
  const test = readable(100 * Math.max(...moved), 2);
  return (
    `From α = 1 on, training errors are ${training === 0 ? '0' : `${readable(100 * training, 2)} % at most`}, ` +
    `and no test error moves by more than ${test} % of the held-out examples.`
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
