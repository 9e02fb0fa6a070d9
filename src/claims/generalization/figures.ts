import {
  alphaAxis,
  lineChartPanels,
  type Axis,
  type Figure,
  type Series,
} from '../../charts/index.js';
import type { GeneralizationRecord } from '../../records/index.js';
import { heldErrors } from './errors.js';

const X: Axis = { ...alphaAxis, least: 1 };

/** Bounds that fall, and test errors and losses that do not. */
export function generalizationFigures(tasks: readonly GeneralizationRecord[]): Figure[] {
  const series = (of: (run: GeneralizationRecord) => ArrayLike<number>): Series[] =>
    tasks.map((run) => ({ name: run.problem.name, x: run.alpha, y: of(run) }));
  const log = (title: string, symbol: string): Axis => ({ title, symbol, scale: 'log' });
  return [
    lineChartPanels(
      {
        name: 'generalization-bounds',
        title: 'Bounds on the test error fall after the fit',
        caption:
          'Norms divided by the margin. Left, a whole bound on the probability of an error, which says nothing above 1; ' +
          'right, the leading term of another, without constants. Both go on falling long after the fit.',
      },
      [
        {
          title: 'path-norm bound',
          x: X,
          y: log('bound (log scale)', 'bound'),
          series: series(({ pathBound }) => pathBound),
        },
        {
          title: 'spectrally normalized term',
          x: X,
          y: log('term (log scale)', 'term'),
          series: series(({ spectralTerm }) => spectralTerm),
        },
      ],
    ),
    lineChartPanels(
      {
        name: 'generalization-test',
        title: 'The test error does not follow, and the test loss grows',
        caption:
          'Left, the share of held-out images that are misclassified, in the same runs; right, their mean logistic loss, ' +
          'which grows because the scores of misclassified images grow with all others.',
      },
      [
        {
          title: 'test error',
          x: X,
          y: { title: 'share misclassified', symbol: 'error', zero: true },
          series: series((run) => Array.from(run.alpha, (_, k) => heldErrors(run, k) / run.held)),
        },
        {
          title: 'test loss',
          x: X,
          y: log('mean loss (log scale)', 'loss'),
          series: series(({ heldLoss }) => heldLoss),
        },
      ],
    ),
  ];
}
