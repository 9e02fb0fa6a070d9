import {
  lineChart,
  type Axis,
  type Figure,
  type ReferenceLine,
  type Series,
  type Wording,
} from '../../charts/index.js';
import { quantile } from '../../numerics/vectors.js';
import { numberIn, textIn, type SweepRow } from '../../records/index.js';

/** Whether a run came to its goal. */
export const isFinished = (row: SweepRow): boolean => textIn(row, 'status') === 'finished';

/** The runs that came to their goal. */
export function finishedRows(rows: readonly SweepRow[]): SweepRow[] {
  return rows.filter(isFinished);
}

/** The numbers in a column, those that were measured. */
export function measured(rows: readonly SweepRow[], column: string): number[] {
  return rows.map((row) => numberIn(row, column)).filter((value) => !Number.isNaN(value));
}

/** The middle one of a column's numbers; NaN for none. */
export function medianOf(rows: readonly SweepRow[], column: string): number {
  const values = measured(rows, column);
  return values.length > 0 ? quantile(values, 0.5) : NaN;
}

/** The share of values up to each of them, as a curve that rises in steps. */
export function cumulative(
  name: string,
  values: readonly number[],
  style: Pick<Series, 'color' | 'dash'> = {},
): Series {
  const sorted = [...values].sort((a, b) => a - b);
  return { name, x: sorted, y: sorted.map((_, k) => (k + 1) / sorted.length), ...style };
}

/** A chart of such curves: of what they are shares, over an axis. */
export function sharesChart(
  words: Wording,
  of: string,
  x: Axis,
  series: readonly Series[],
  references: readonly ReferenceLine[] = [],
): Figure {
  const y: Axis = { title: `share of ${of}`, symbol: 'share', domain: [0, 1] };
  return lineChart(words, { x, y, series, references, steps: true });
}

/** Where a label such as 'linear, depth 3, width 4' says that a network lies. */
export function architectureIn(label: string): { family: string; depth: number; width: number } {
  const [, family = label, depth = NaN, width = NaN] =
    /^(.*), depth (\d+), width (\d+)$/.exec(label) ?? [];
  return { family, depth: Number(depth), width: Number(width) };
}

/** An activation as figures call it: 'squared ReLU' for 'squared-relu'. */
export function inFigures(activation: string): string {
  return activation.replace('squared-relu', 'squared relu').replace(/\brelu\b/, 'ReLU');
}
