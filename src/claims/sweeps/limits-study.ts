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
import { atLeast, provided, reported } from '../common/rules.js';
import { finishedRows, isFinished, measured, medianOf } from './rows.js';
import type { SweepException, SweepStudy } from './study.js';

/** Two limits whose scores and margins agree to this share of γ compute one function: they agree to rounding. */
const SAME = 1e-6;
/** The global margin is known where a limit comes this near to what no network exceeds. */
const KNOWN = 1e-9;
/** Share of the limits that have to have the largest margin … */
const GLOBAL = 0.95;
/** … and fewer than this contradict. */
const FEW = 0.5;
/** Different limits that few units have to have at least; a single one contradicts. */
const SEVERAL = 2;
/** With fewer certified limits than this nothing is said of a problem. */
const ENOUGH = 20;

/** Problems whose names end so have networks that are narrow for their data. */
const isNarrow = ({ problem }: LimitsOfProblem) => /\d units$/.test(problem);

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
  /** Share of the certified limits whose margins meet the bound: no network of any width has a larger one. */
  readonly global: number;
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
    const gaps = measured(certified, 'margin')
      .map((margin) => 1 - margin / bound)
      .sort((a, b) => a - b);
    return {
      problem: String(problem),
      degree: medianOf(group, 'degree'),
      starts: group.length,
      lost: group.length - finishedRows(group).length,
      different: different.length,
      together: Math.max(...different.map(({ starts }) => starts)) / certified.length,
      global: gaps.filter((gap) => gap <= KNOWN).length / gaps.length,
      bound,
      gaps,
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
    'Starts of a ReLU network that classify their data end at KKT points with the largest margin that any width can have: ' +
    'on points of the plane that a small teacher labels, and on random labels in three dimensions as well. Where units ' +
    'are few for the data, some end elsewhere.',
  expected: 'supported',
  criterion:
    'Certified limits count; two are the same where margins, and scores on the probe, agree to 10⁻⁶. Every limit’s ' +
    'multipliers bound the margin of all widths (the dual certificate, exact up to three dimensions). A limit whose margin ' +
    `meets the least bound to ${KNOWN} has the largest margin there is: ${100 * GLOBAL} % of a problem’s limits have to ` +
    `(less than ${100 * FEW} % contradict), where the best one does. Few units have to lead to ${SEVERAL} different limits ` +
    'or more (a single one contradicts). That a start classifies its data is no part of the statement. ' +
    'An earlier statement expected several limits of eight units on random labels: starts 101 to 300 contradicted it, and ' +
    'this one is judged by others.',
  columns: ['certified', 'doubts', 'degree', 'margin', 'bound', 'limit_margins', 'limit_scores'],
  judge(rows) {
    const problems = limitsByProblem(rows);
    return [
      ...problems.map((each) => {
        const { problem, gaps } = each;
        const words = wordsOf(each);
        return isNarrow(each)
          ? provided(gaps.length >= ENOUGH, atLeast(`different limits, ${problem}`, each.different, SEVERAL, 1, words)) // prettier-ignore
          : provided(
              gaps.length >= ENOUGH && gaps[0] <= KNOWN,
              atLeast(`share of limits with the largest margin, ${problem}`, each.global, GLOBAL, FEW, words), // prettier-ignore
            );
      }),
      ...problems.flatMap((each) => [
        reported(`gap of the best limit to the least bound, ${each.problem}`, each.gaps[0] ?? NaN, `as a share of the bound ${digits(each.bound, 8)}; where it is 0 the global margin is known`), // prettier-ignore
        ...(isNarrow(each)
          ? [reported(`share of limits with the largest margin, ${each.problem}`, each.global, wordsOf(each))] // prettier-ignore
          : [reported(`different limits, ${each.problem}`, each.different, 'by their margins, and their scores on the probe')]), // prettier-ignore
        reported(`starts that never classified their data, ${each.problem}`, each.lost, `of ${each.starts}`), // prettier-ignore
      ]),
    ];
  },
  figures: (rows) => [largestFigure(rows)],
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

function wordsOf(limits: LimitsOfProblem): string {
  const { starts, lost, different, gaps } = limits;
  const [best = NaN, worst = NaN] = [gaps[0], gaps[gaps.length - 1]];
  const spread = digits(100 * (1 - (1 - worst) / (1 - best)));
  return `${starts} starts: ${lost} never classified their data, ${gaps.length} have certified limits, ${different} of them different; the margin of the last is ${spread} % below that of the best`;
}

/** How many of the first starts of each problem end at the largest margin. */
function largestFigure(rows: readonly SweepRow[]): Figure {
  const problems = limitsByProblem(rows).filter(({ gaps }) => gaps.length > 0);
  const most = Math.max(1, ...problems.map(({ starts }) => starts));
  const series = problems.map(({ problem, bound }, k) => {
    const group = rows.filter((row) => textIn(row, 'problem') === problem);
    let count = 0;
    const y = group.map((row) => {
      if (isTrueIn(row, 'certified') && 1 - numberIn(row, 'margin') / bound <= KNOWN) count++;
      return count;
    });
    return { name: problem, x: group.map((_, n) => n + 1), y, color: k, dash: k + 1 };
  });
  return lineChart(
    {
      name: 'sweep-largest-margin',
      title: 'Starts that end at the largest margin of all widths',
      caption:
        'How many of the first starts of each problem have ended at the largest margin. What is missing to all starts has ' +
        'never classified its data, but for single starts that ended elsewhere.',
    },
    {
      x: { title: 'starts', symbol: 'starts', zero: true },
      y: { title: 'starts that end there', symbol: 'starts that end there', zero: true },
      series: [{ name: 'all starts', x: [0, most], y: [0, most], color: 6, dash: 0 }, ...series],
    },
  );
}
