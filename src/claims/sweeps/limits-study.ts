import { lineChart, type Figure } from '../../charts/index.js';
import { distanceBetween } from '../../numerics/vectors.js';
import {
  isTrueIn,
  numberIn,
  numbersIn,
  rowsBy,
  textIn,
  type SweepRow,
} from '../../records/index.js';
import { digits } from '../../text/numbers.js';
import type { Evidence } from '../claim.js';
import { atLeast, atMost, neverAgainst, provided, reported } from '../common/rules.js';
import { cumulative, finishedRows, isFinished, measured, medianOf, sharesChart } from './rows.js';
import type { SweepException, SweepStudy } from './study.js';

/** Two limits whose scores and margins agree to this share of γ compute one function: they agree to rounding. */
const SAME = 1e-6;
/** The global margin is known where a limit comes this near to what no network exceeds. */
const KNOWN = 1e-9;
/** Share of the starts on the plane that have to end at one and the same limit … */
const TOGETHER = 0.95;
/** … and fewer than this contradict. */
const APART = 0.5;
/** Different limits that random labels have to have at least; a single one contradicts. */
const SEVERAL = 3;

/** The limits that the starts of one problem reach, and how far below the best margin of any width each lies. */
export interface LimitsOfProblem {
  readonly problem: string;
  /** L; NaN where no start came to its goal. */
  readonly degree: number;
  readonly starts: number;
  /** Starts that never classified their data. */
  readonly lost: number;
  /** Certified limits that compute different functions. */
  readonly different: number;
  /** Share of the certified limits that compute the most frequent one. */
  readonly together: number;
  /** The least upper bound on margins of all widths that any limit's multipliers give; NaN without any. */
  readonly bound: number;
  /** 1 − γ/bound of each certified limit, increasing. */
  readonly gaps: readonly number[];
}

/** What the starts of each problem led to, in the order of the rows. */
export function limitsByProblem(rows: readonly SweepRow[]): LimitsOfProblem[] {
  return [...rowsBy(rows, 'problem')].map(([problem, group]) => {
    const certified = certifiedRows(group);
    const different = differentLimits(certified);
    const bounds = measured(certified, 'bound');
    const bound = bounds.length > 0 ? Math.min(...bounds) : NaN;
    return {
      problem: String(problem),
      degree: medianOf(group, 'degree'),
      starts: group.length,
      lost: group.length - finishedRows(group).length,
      different: different.length,
      together: Math.max(...different.map(({ starts }) => starts)) / certified.length,
      bound,
      gaps: measured(certified, 'margin')
        .map((margin) => 1 - margin / bound)
        .sort((a, b) => a - b),
    };
  });
}

/** One of each limit, with the number of rows that have it: scores on the probe and margins of the examples agree. */
export function differentLimits(rows: readonly SweepRow[]): { row: SweepRow; starts: number }[] {
  const kept: { row: SweepRow; starts: number }[] = [];
  for (const row of rows) {
    const known = kept.find((other) => isSame(row, other.row));
    if (known) known.starts++;
    else kept.push({ row, starts: 1 });
  }
  return kept;
}

function isSame(a: SweepRow, b: SweepRow): boolean {
  const least = SAME * numberIn(a, 'margin');
  return ['limit_margins', 'limit_scores'].every((column) => {
    const [first, second] = [numbersIn(a, column), numbersIn(b, column)];
    return distanceBetween(first, second) <= least * Math.sqrt(first.length);
  });
}

const certifiedRows = (rows: readonly SweepRow[]) =>
  rows.filter((row) => isTrueIn(row, 'certified'));

/** Where flows end, of all KKT points. */
export const limitsStudy: SweepStudy = {
  id: 'sweep-where-it-ends',
  sweep: 'where-it-ends',
  title: 'Where does it end?',
  statement:
    'On points of the plane that a small teacher labels, all starts of a ReLU network that classify their data end at ' +
    'one KKT point, which has the largest margin that any width can have. On random labels in three dimensions they end ' +
    'at several, with different margins.',
  expected: 'supported',
  criterion:
    'Certified limits count; two are the same where margins, and scores on the probe, agree to 10⁻⁶. On the plane at least ' +
    `${100 * TOGETHER} % of a problem’s limits have to be one (less than ${100 * APART} % contradict). Every limit’s ` +
    'multipliers bound the margin of all widths (the dual certificate, exact up to three dimensions); on the plane the best limit has to meet ' +
    `the least bound to ${KNOWN}. On random labels there have to be ${SEVERAL} different limits or more (a single one ` +
    'contradicts). That a start classifies its data is no part of the statement.',
  columns: ['certified', 'doubts', 'degree', 'margin', 'bound', 'limit_margins', 'limit_scores'],
  judge(rows) {
    const problems = limitsByProblem(rows);
    const plane = problems.filter(({ problem }) => problem.startsWith('plane'));
    const others = problems.filter((each) => !plane.includes(each));
    return [
      ...plane.flatMap((each) => [
        provided(
          each.gaps.length >= SEVERAL,
          atLeast(`share of limits that are one, ${each.problem}`, each.together, TOGETHER, APART, wordsOf(each)), // prettier-ignore
        ),
        ...(each.degree === 2 ? [gapOf(each)] : []),
      ]),
      ...others.map((each) =>
        provided(
          each.gaps.length >= SEVERAL,
          atLeast(`different limits, ${each.problem}`, each.different, SEVERAL, 1, wordsOf(each)), // prettier-ignore
        ),
      ),
      ...problems
        .filter((each) => others.includes(each) || each.degree !== 2)
        .map((each) => reported(gapOf(each).metric, gapOf(each).value, 'larger margins than the best that was found are not ruled out')), // prettier-ignore
      ...problems.map(
        (each) =>
        reported(`starts that never classified their data, ${each.problem}`, each.lost, wordsOf(each)), // prettier-ignore
      ),
    ];
  },
  figures: (rows) => [gapFigure(rows), countFigure(rows)],
  exceptions: (rows) =>
    rows.flatMap((row): SweepException[] => {
      if (!isFinished(row)) {
        const why = textIn(row, 'message').replace(/^[^:]*: /, '');
        return [{ row, kind: 'never classified its data', why }];
      }
      if (isTrueIn(row, 'certified')) return [];
      return [{ row, kind: 'limit not certified', why: textIn(row, 'doubts') }];
    }),
  kinds: {
    'never classified its data':
      'The start led to a point of rest at a loss above ℓ(0), and so to no KKT point of the margin.',
    'limit not certified':
      'The run goes on towards a point that could not be certified, by α where it ended: it is not counted among the limits.',
  },
};

/** How far the best limit lies below the least bound. */
function gapOf({ gaps, bound, problem }: LimitsOfProblem): Evidence {
  const note = `as a share of the bound ${digits(bound, 8)}; where it is 0 the global margin is known`;
  const metric = `gap of the best limit to the least bound, ${problem}`;
  return neverAgainst(atMost(metric, gaps[0] ?? NaN, KNOWN, Infinity, note));
}

function wordsOf(limits: LimitsOfProblem): string {
  const { starts, lost, different, gaps } = limits;
  const [best = NaN, worst = NaN] = [gaps[0], gaps[gaps.length - 1]];
  const spread = digits(100 * (1 - (1 - worst) / (1 - best)));
  return `${starts} starts: ${lost} never classified their data, ${gaps.length} have certified limits, ${different} of them different; the margin of the last is ${spread} % below that of the best`;
}

function gapFigure(rows: readonly SweepRow[]): Figure {
  const problems = limitsByProblem(rows).filter(({ gaps }) => gaps.length > 0);
  return sharesChart(
    {
      name: 'sweep-gaps',
      title: 'How far below the best margin starts end',
      caption:
        'For each problem, the share of certified limits whose margins lie no farther below the best one that its starts ' +
        'found. A curve that rises to 1 at once is one where every start ends with the same margin.',
    },
    'limits',
    { title: 'margin below the best (share)', symbol: 'gap', zero: true },
    problems.map(({ problem, gaps }, k) => {
      const below = gaps.map((gap) => rounded(1 - (1 - gap) / (1 - gaps[0])));
      const values = [0, ...below.map((gap) => Math.max(0, gap))];
      return cumulative(problem, values, { color: k, dash: k });
    }),
  );
}

/** Margins that agree to this many places are the same to the eye. */
const rounded = (gap: number) => Math.round(gap * 1e9) / 1e9;

function countFigure(rows: readonly SweepRow[]): Figure {
  const problems = limitsByProblem(rows).filter(({ gaps }) => gaps.length > 0);
  return lineChart(
    {
      name: 'sweep-different-limits',
      title: 'Different limits among the first so many starts',
      caption:
        'How many certified limits that compute different functions the first starts of each problem have led to. A ' +
        'level curve has found what there is; one that still rises has not.',
    },
    {
      x: { title: 'starts', symbol: 'starts', zero: true },
      y: { title: 'different limits', symbol: 'limits', zero: true },
      series: problems.map(({ problem }, k) => {
        const group = rows.filter((row) => textIn(row, 'problem') === problem);
        const kept: SweepRow[] = [];
        const y = group.map((row) => {
          if (isTrueIn(row, 'certified') && !kept.some((other) => isSame(row, other)))
            kept.push(row);
          return kept.length;
        });
        return { name: problem, x: group.map((_, i) => i + 1), y, color: k, dash: k };
      }),
      steps: true,
    },
  );
}
