import { lineChart, type Figure } from '../../charts/index.js';
import { quantile } from '../../numerics/vectors.js';
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
import { architectureIn, inFigures, isFinished, measured } from './rows.js';
import type { SweepException, SweepStudy } from './study.js';

/** What is tried, as shares of C*. */
const BELOW = 0.9;
const ABOVE = 1.1;
/** A descent below C* keeps the flow's alignment: what it loses of the cosine is at most this. */
const KEEPS = 1e-3;
/** A descent above C* loses at least this much of it. */
const LOSES = 0.01;
/** Share of the certified runs that have to do as C* says on either side: a step may meet a saddle or a turn. */
const AS_SAID = 0.95;
/** Deep linear networks of one data set have one C*, but for rounding and what λ = 0 leaves of the way. */
const EQUAL = 1e-6;
/** A spread like this is no rounding. */
const UNEQUAL = 0.01;
/** Least share of runs that are certified and near their limits. */
const CERTIFIED = 0.8;

/** The largest relative spread of C* between linear networks of one seed. */
export function linearSpread(rows: readonly SweepRow[]): number {
  const linear = certifiedRows(rows).filter(
    (row) => architectureIn(textIn(row, 'network')).family === 'linear',
  );
  const spreads = [...rowsBy(linear, 'seed').values()]
    .filter((group) => group.length > 1)
    .map((group) => {
      const thresholds = measured(group, 'threshold');
      return Math.max(...thresholds) / Math.min(...thresholds) - 1;
    });
  return Math.max(...spreads);
}

const certifiedRows = (rows: readonly SweepRow[]) =>
  rows.filter((row) => isTrueIn(row, 'certified') && isTrueIn(row, 'complete'));

/**
 * The weights of the examples where descents begin give a longest step of that place. Where it is not between the two
 * that are tried, the flow is not near enough to its limit for them to tell of it.
 */
const isNear = (row: SweepRow) => {
  const share = numberIn(row, 'threshold_there') / numberIn(row, 'threshold');
  return share > BELOW && share < ABOVE;
};

/** Change of the cosine by the descent with this share of C*. */
function lossAt(row: SweepRow, factor: number): number {
  const place = numbersIn(row, 'factors').indexOf(factor);
  return numberIn(row, 'alignment') - (numbersIn(row, 'alignments')[place] ?? NaN);
}
const keeps = (row: SweepRow) => lossAt(row, BELOW) <= KEEPS;
const loses = (row: SweepRow) => lossAt(row, ABOVE) >= LOSES;

/** Step size and alignment, by depth and width. */
export const stepStudy: SweepStudy = {
  id: 'sweep-step-size',
  sweep: 'step-size',
  title: 'Step size and alignment, by depth and width',
  statement:
    'Descent with steps of relative length C/α stays aligned for C below C* = 2Lγ²/λ_max(Σ μ ∇⊥p ∇⊥pᵀ) and not above, at ' +
    'every depth and width; and for deep linear networks C* depends on the data alone, neither on depth nor on width.',
  expected: 'supported',
  criterion:
    `Descents begin at a late point of the flow, whose own longest step has to lie between ${BELOW} and ${ABOVE} C*. At ${BELOW} C* the cosine may fall by ${KEEPS}, at ${ABOVE} C* it has ` +
    `to fall by ${LOSES}; ${100 * AS_SAID} % of the certified runs have to do so on either side (a half contradicts), and ` +
    `${100 * CERTIFIED} % of all have to be certified and that near. Between linear networks of one data set C* may differ by ${EQUAL} ` +
    `(${UNEQUAL} contradicts): with all layers aligned, only the first one sees what of an example is orthogonal to the ` +
    'maximum margin, so that C* = 2γ²/λ_max(Σ μ x⊥x⊥ᵀ) whatever L is. What is asked of the place where descents begin was ' +
    'added after the first run, in which two did not do as C* says.',
  columns: [
    ...['certified', 'doubts', 'degree', 'threshold', 'threshold_there', 'alpha', 'alignment'],
    ...['factors', 'alignments', 'complete'],
  ],
  judge(rows) {
    const runs = certifiedRows(rows).filter(isNear);
    const share = (is: (row: SweepRow) => boolean) => runs.filter(is).length / runs.length;
    const known = runs.length > 0;
    const spread = linearSpread(rows);
    return [
      neverAgainst(
        atLeast('share of runs that are certified and near their limits', runs.length / rows.length, CERTIFIED, 0, `${runs.length} of ${rows.length}`), // prettier-ignore
      ),
      provided(
        known,
        atLeast(`share that stays aligned at ${BELOW} C*`, share(keeps), AS_SAID, 0.5, `largest loss of cosine ${digits(Math.max(...runs.map((row) => lossAt(row, BELOW))))}`), // prettier-ignore
      ),
      provided(
        known,
        atLeast(`share that loses alignment at ${ABOVE} C*`, share(loses), AS_SAID, 0.5, `smallest loss of cosine ${digits(Math.min(...runs.map((row) => lossAt(row, ABOVE))))}`), // prettier-ignore
      ),
      provided(
        Number.isFinite(spread),
        atMost('spread of C* between linear networks of one data set', spread, EQUAL, UNEQUAL, 'largest ÷ smallest − 1, over depths and widths'), // prettier-ignore
      ),
      ...[...rowsBy(runs, 'network')].map(([network, group]) =>
        reported(
          `C*, median, ${String(network)}`,
          quantile(measured(group, 'threshold'), 0.5),
          `from ${digits(Math.min(...measured(group, 'threshold')))} to ${digits(Math.max(...measured(group, 'threshold')))}, L = ${digits(numberIn(group[0], 'degree'))}`,
        ),
      ),
    ];
  },
  figures: (rows) => [thresholdFigure(rows)],
  exceptions: (rows) =>
    rows.flatMap((row): SweepException[] => {
      if (!isFinished(row)) {
        return [{ row, kind: 'did not come to its goal', why: textIn(row, 'message') }];
      }
      if (!isTrueIn(row, 'certified')) {
        return [{ row, kind: 'limit not certified', why: textIn(row, 'doubts') }];
      }
      const alpha = digits(numberIn(row, 'alpha'));
      if (!isNear(row)) {
        const there = digits(numberIn(row, 'threshold_there') / numberIn(row, 'threshold'));
        return [{ row, kind: 'not near its limit where descents begin', why: `the longest step at α = ${alpha} is ${there} of C*` }]; // prettier-ignore
      }
      if (keeps(row) && loses(row)) return [];
      const [below, above] = [lossAt(row, BELOW), lossAt(row, ABOVE)].map((loss) => digits(loss));
      return [{ row, kind: 'not as C* says', why: `the cosine, ${digits(numberIn(row, 'alignment'), 6)} at α = ${alpha}, falls by ${below} at ${BELOW} C* and by ${above} at ${ABOVE} C*` }]; // prettier-ignore
    }),
  kinds: {
    'did not come to its goal': 'The premise is not met, as far as the run was followed.',
    'limit not certified': 'Without a certified limit there is no C* to speak of.',
    'not near its limit where descents begin':
      'The limit is certified, but the weights of the examples are not yet those of the limit, and the longest step of that place is another.',
    'not as C* says':
      'The limit is certified and near, and a descent loses more or less of the cosine than the judge asks for: long steps swing widely where C* is large, and wide swings grow less.',
  },
};

function thresholdFigure(rows: readonly SweepRow[]): Figure {
  const runs = certifiedRows(rows);
  const places = [...rowsBy(runs, 'network')].map(([network, group]) => ({
    ...architectureIn(String(network)),
    thresholds: measured(group, 'threshold'),
  }));
  const families = [...new Set(places.map(({ family, width }) => `${family}, width ${width}`))];
  return lineChart(
    {
      name: 'sweep-step-threshold',
      title: 'The step size up to which descent aligns, by depth',
      caption:
        'The median of C* over all data sets. For deep linear networks it is one number, whatever the depth and the width: ' +
        'their curves lie on one another. Networks with kinks in their slopes have another limit, and another C*.',
    },
    {
      x: { title: 'depth (layers)', symbol: 'depth', ticks: 5 },
      y: { title: 'C* (no unit, log scale)', symbol: 'C*', scale: 'log' },
      series: families.map((name, k) => {
        const some = places
          .filter(({ family, width }) => `${family}, width ${width}` === name)
          .sort((a, b) => a.depth - b.depth);
        return {
          name: inFigures(name),
          x: some.map(({ depth }) => depth),
          y: some.map(({ thresholds }) => quantile(thresholds, 0.5)),
          color: k,
          dash: k,
          points: true,
        };
      }),
    },
  );
}
