import { lineChart, type Figure } from '../../charts/index.js';
import { isTrueIn, numberIn, rowsBy, textIn, type SweepRow } from '../../records/index.js';
import { digits } from '../../text/numbers.js';
import type { Evidence } from '../claim.js';
import { atLeast, atMost, neverAgainst, provided, reported } from '../common/rules.js';
import { SLOWER, SLOWEST, SOUND, WITHIN, WRONG } from '../rates/plan.js';
import { architectureIn, inFigures, isFinished, medianOf } from './rows.js';
import type { SweepException, SweepStudy } from './study.js';

/** Architectures of which the statement speaks: flows of networks with kinks settle by other laws as well. */
const isSmooth = (network: string) => !/\brelu\b/.test(network.replace('squared relu', ''));

const soundRows = (rows: readonly SweepRow[]) => rows.filter((row) => isTrueIn(row, 'sound'));
const errorOf = (row: SweepRow) =>
  Math.abs(numberIn(row, 'fitted') / numberIn(row, 'predicted') - 1);
const overSlowest = (row: SweepRow) => numberIn(row, 'fitted') / numberIn(row, 'slowest');

/** Rates of convergence, by architecture and depth. */
export const ratesStudy: SweepStudy = {
  id: 'sweep-rates',
  sweep: 'rates',
  title: 'Rates: predicted against fitted exponents',
  statement:
    'For smooth networks of every depth the angle to the limit falls like the power of 1/α that the curvature at the ' +
    'limit predicts, at least (1−λ)/L; for deep linear networks, where λ = 0, that is 1/L.',
  expected: 'supported',
  criterion:
    `As the claim rates asks: of the smooth networks at least ${100 * SOUND} % have to be certified, and each of these has ` +
    `to have the predicted exponent over its last four decades to ${100 * WITHIN} % (${100 * WRONG} % contradicts), and at ` +
    `least ${SLOWEST} of (1−λ)/L (${SLOWER} contradicts). ReLU networks are reported.`,
  columns: ['sound', 'doubts', 'degree', 'fitted', 'predicted', 'slowest'],
  judge(rows) {
    const smooth = rows.filter((row) => isSmooth(textIn(row, 'network')));
    const sound = soundRows(smooth);
    const worst = Math.max(...sound.map(errorOf));
    const at = sound.find((row) => errorOf(row) === worst);
    const where = at
      ? `${textIn(at, 'network')}, seed ${numberIn(at, 'seed')}: fitted ${digits(numberIn(at, 'fitted'), 4)}, predicted ${digits(numberIn(at, 'predicted'), 4)}`
      : 'none';
    return [
      neverAgainst(
        atLeast('share of smooth networks that can be judged', sound.length / smooth.length, SOUND, 0, `${sound.length} of ${smooth.length}`), // prettier-ignore
      ),
      provided(
        sound.length > 0,
        atMost('largest error of a fitted exponent', worst, WITHIN, WRONG, `as a share of the predicted one; ${where}`), // prettier-ignore
      ),
      provided(
        sound.length > 0,
        atLeast('smallest fitted exponent ÷ (1−λ)/L', Math.min(...sound.map(overSlowest)), SLOWEST, SLOWER, 'no part of a deviation falls more slowly than its slowest'), // prettier-ignore
      ),
      ...[...rowsBy(rows, 'network')].map(([network, group]) => fittedOf(String(network), group)),
    ];
  },
  figures: (rows) => [exponentFigure(rows)],
  exceptions: (rows) =>
    rows.flatMap((row): SweepException[] => {
      if (!isFinished(row)) {
        return [{ row, kind: 'did not come to its goal', why: textIn(row, 'message') }];
      }
      if (!isTrueIn(row, 'sound')) {
        const doubts = textIn(row, 'doubts');
        const why = doubts === '' ? 'no ratio is expected of each of the last decades' : doubts;
        return [{ row, kind: 'cannot be judged', why }];
      }
      if (errorOf(row) <= WITHIN) return [];
      const why = `fitted ${digits(numberIn(row, 'fitted'), 4)}, predicted ${digits(numberIn(row, 'predicted'), 4)}`;
      return [{ row, kind: 'another exponent than predicted', why }];
    }),
  kinds: {
    'did not come to its goal': 'The premise is not met, as far as the run was followed.',
    'cannot be judged':
      'The limit is not certified, or it is one that the flow leaves, so that no exponent is predicted.',
    'another exponent than predicted':
      'The limit is certified, and the angle to it falls by another exponent.',
  },
};

/** What the runs of one network were found to fall like. */
function fittedOf(network: string, group: readonly SweepRow[]): Evidence {
  const judged = soundRows(group);
  const degree = numberIn(judged[0] ?? {}, 'degree');
  const more = `; L = ${digits(degree)}, 1/L = ${digits(1 / degree)}; largest error of the prediction ${digits(Math.max(...judged.map(errorOf)))}`;
  return reported(
    `fitted exponent, median, ${network}`,
    medianOf(judged, 'fitted'),
    `${judged.length} of ${group.length} can be judged${judged.length > 0 ? more : ''}`,
  );
}

function exponentFigure(rows: readonly SweepRow[]): Figure {
  const sound = [...soundRows(rows)].sort((a, b) => numberIn(a, 'predicted') - numberIn(b, 'predicted')); // prettier-ignore
  const families = [...new Set(soundRows(rows).map(familyOf))];
  // An axis without values has no range of its own.
  const range = sound.length > 0 ? {} : ({ domain: [0, 1] } as const);
  return lineChart(
    {
      name: 'sweep-exponents',
      title: 'Exponents of the angle, as a share of the predicted ones',
      caption:
        'Each point is one run that can be judged: the power of 1/α with which its angle to the limit fell, divided by the ' +
        'one that the curvature at the limit predicts. Linear networks of 2 to 6 layers lie at 1/2 to 1/6.',
    },
    {
      x: { title: 'predicted exponent (no unit)', symbol: 'predicted', zero: true, ...range },
      y: { title: 'fitted ÷ predicted (no unit)', symbol: 'fitted ÷ predicted', ...range },
      references: [{ axis: 'y', at: 1, label: 'as predicted' }],
      series: families.map((name, k) => {
        const some = sound.filter((row) => familyOf(row) === name);
        return {
          name,
          x: some.map((row) => numberIn(row, 'predicted')),
          y: some.map((row) => numberIn(row, 'fitted') / numberIn(row, 'predicted')),
          color: k,
          dash: k,
          points: true,
        };
      }),
    },
  );
}

/** Networks that share a curve: linear ones of every depth, and others of one depth. */
function familyOf(row: SweepRow): string {
  const { family, depth } = architectureIn(textIn(row, 'network'));
  return family === 'linear' ? family : `${inFigures(family)}, depth ${depth}`;
}
