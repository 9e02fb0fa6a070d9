import { bundleChart, type Figure, type Series } from '../../charts/index.js';
import {
  isTrueIn,
  numberIn,
  numbersIn,
  rowsBy,
  textIn,
  type SweepRow,
} from '../../records/index.js';
import { digits } from '../../text/numbers.js';
import { atLeast, atMost, neverAgainst, provided, reported } from '../common/rules.js';
import { CONVERGENCE_KINDS, convergenceExceptions } from './convergence-exceptions.js';
import { cumulative, finishedRows, inFigures, measured, medianOf, sharesChart } from './rows.js';
import type { SweepStudy } from './study.js';

/**
 * A twentieth of the flows turned late in the eighty runs that were looked at beforehand (other seeds): a decade of α
 * among the last three in which the length hardly shrinks is left open by the claim's judge, however certain the limit.
 */
const SUPPORTED = 0.9;
/** A limit that is not certified says nothing about the flow; more than these would be a fault of ours. */
const CERTIFIED = 0.95;

/** How universal directional convergence is. */
export const convergenceStudy: SweepStudy = {
  id: 'sweep-directional-convergence',
  sweep: 'directional-convergence',
  title: 'How universal is directional convergence?',
  statement:
    'Whatever the data, the start, its scale, the width, and for squared ReLU and ReLU alike: a planar flow that comes ' +
    'to α > 0 sweeps a path of finite length and goes to a KKT point.',
  expected: 'supported',
  criterion:
    'Each run is judged as the claim directional-convergence judges its flows. One run that contradicts, contradicts. ' +
    `At least ${100 * SUPPORTED} % of those that came to α > 0 have to be supported, and ${100 * CERTIFIED} % to have a ` +
    'certified limit; a certified limit has λ < 1. Runs that never classify their data do not meet the premise: they ' +
    'are counted and told, and decide nothing.',
  columns: [
    ...['verdict', 'reason', 'certified', 'doubts', 'margin', 'limit_lambda', 'unstable'],
    ...['alpha_last', 'length_after_separation', 'lengths', 'saddles', 'saddle_left_at'],
  ],
  judge(rows) {
    const runs = finishedRows(rows);
    const count = (verdict: string) =>
      runs.filter((row) => textIn(row, 'verdict') === verdict).length;
    const certified = runs.filter((row) => isTrueIn(row, 'certified'));
    const saddles = runs.filter((row) => numberIn(row, 'saddles') > 0);
    const lambdas = measured(certified, 'limit_lambda');
    const lengths = measured(runs, 'length_after_separation');
    const known = runs.length > 0;
    return [
      provided(
        known,
        atMost('runs that contradict', count('contradicted'), 0, 1, `of ${runs.length} that came to α > 0`), // prettier-ignore
      ),
      neverAgainst(
        atLeast('share supported', count('supported') / runs.length, SUPPORTED, 0, `${count('supported')} of ${runs.length}; ${count('inconclusive')} are left open, each for its reason`), // prettier-ignore
      ),
      neverAgainst(
        atLeast('share with a certified limit', certified.length / runs.length, CERTIFIED, 0, `${certified.length} of ${runs.length}`), // prettier-ignore
      ),
      provided(
        lambdas.length > 0,
        atMost('largest λ of a certified limit', Math.max(...lambdas), 1, Infinity, `median ${digits(medianOf(certified, 'limit_lambda'))}; at 1 a deviation grows as fast as ‖θ‖`), // prettier-ignore
      ),
      reported('data sets with one margin', sameMargins(runs), 'share of the data sets, of each activation, whose runs of every width and scale that came to α > 0 have limits of the same margin, to 10⁻⁶'), // prettier-ignore
      reported('runs that never classified their data', rows.length - runs.length, `of ${rows.length}: the theorem’s premise is not met`), // prettier-ignore
      reported('longest path after separation, radians', Math.max(...lengths), `median ${digits(medianOf(runs, 'length_after_separation'))}; a half turn is 3.14`), // prettier-ignore
      reported('runs that came near a saddle', saddles.length, `KKT points with λ > 1, ${saddles.reduce((sum, row) => sum + numberIn(row, 'saddles'), 0)} visits; all were left again but ${saddles.filter((row) => numberIn(row, 'unstable') > 0).length}`), // prettier-ignore
    ];
  },
  figures: (rows) => [lengthFigure(rows), decadesFigure(rows), lambdaFigure(rows)],
  exceptions: convergenceExceptions,
  kinds: CONVERGENCE_KINDS,
};

/** Limits whose margins agree to this share have the same. */
const SAME = 1e-6;

/** The share of data sets, one for each activation and seed, whose certified limits have one margin. */
function sameMargins(runs: readonly SweepRow[]): number {
  const sets = [...rowsBy(runs, 'activation').values()]
    .flatMap((some) => [...rowsBy(some, 'seed').values()])
    .map((group) =>
      measured(
        group.filter((row) => isTrueIn(row, 'certified')),
        'margin',
      ),
    )
    .filter(({ length }) => length > 1);
  return sets.filter((margins) => Math.max(...margins) <= Math.min(...margins) * (1 + SAME)).length / sets.length; // prettier-ignore
}

/** The shares of a column's numbers, a curve for each activation and width. */
function sharesOf(rows: readonly SweepRow[], column: string): Series[] {
  return [...rowsBy(rows, 'activation')].flatMap(([activation, some], color) =>
    [...rowsBy(some, 'width')].map(([width, group], dash) => {
      const name = `${inFigures(String(activation))}, width ${String(width)}`;
      // Each has dashes of its own, for prints in grey.
      return cumulative(name, measured(group, column), { color, dash: 2 * color + dash });
    }),
  );
}

function lengthFigure(rows: readonly SweepRow[]): Figure {
  return sharesChart(
    {
      name: 'sweep-path-lengths',
      title: 'How far directions travel after separation',
      caption:
        'Every run’s path has a finite length. Each curve is the share of runs that have gone no farther: from where the ' +
        'last example is classified to the end of the run.',
    },
    'runs',
    { title: 'length of the path of θ/‖θ‖ (radians)', symbol: 'length', zero: true },
    sharesOf(finishedRows(rows), 'length_after_separation'),
    [{ axis: 'x', at: Math.PI / 2, label: 'quarter turn', atFoot: true }],
  );
}

function decadesFigure(rows: readonly SweepRow[]): Figure {
  const first = 7;
  const lines = (group: readonly SweepRow[]) =>
    group
      .map((row) => numbersIn(row, 'lengths').slice(0, first))
      .filter(({ length }) => length === first)
      .map((y) => ({ x: y.map((_, k) => 10 ** (k + 1)), y }));
  return bundleChart(
    {
      name: 'sweep-lengths-per-decade',
      title: 'Length swept in each decade of α',
      caption:
        'A finite sum needs decades that sweep ever less. Strong: the median of all runs of an activation. Where a thin ' +
        'curve rises again, a run turns late, as on leaving a saddle.',
    },
    {
      x: { title: 'α at the end of the decade (log scale)', symbol: 'α', scale: 'log' },
      y: { title: 'length (radians, log scale)', symbol: 'length', scale: 'log', least: 1e-8 },
      bundles: [...rowsBy(finishedRows(rows), 'activation')].map(([activation, group], color) => ({
        name: inFigures(String(activation)),
        lines: lines(group),
        color,
        dash: color,
        median: true,
      })),
    },
  );
}

function lambdaFigure(rows: readonly SweepRow[]): Figure {
  const certified = rows.filter((row) => isTrueIn(row, 'certified'));
  return sharesChart(
    {
      name: 'sweep-lambda',
      title: 'λ at the limits',
      caption:
        'The share of certified limits with at most this λ. A deviation falls like α^(−(1−λ)/L): near 1 that is slow, ' +
        'and beyond 1 the flow would leave.',
    },
    'limits',
    { title: 'λ (no unit)', symbol: 'λ' },
    sharesOf(certified, 'limit_lambda'),
    [{ axis: 'x', at: 1, label: 'λ = 1' }],
  );
}
