import { canShow, placeOn, type Axis } from './axis.js';
import type { Plot } from './plot.js';
import { rounded } from '../text/numbers.js';
import { thinned } from './thinned.js';
import { MOST_POINTS } from './style.js';

/** One point of a chart, as Vega-Lite reads it. */
export interface PlottedPoint {
  readonly x: number;
  readonly y: number;
  readonly series: string;
}

/** Points that an axis cannot show: how many, by the reason. */
export type Hidden = Map<string, number>;

/** The rows that can be drawn, at most `most` per series; the others are counted in `hidden`. */
export function rowsOf(plot: Plot, hidden: Hidden, most = MOST_POINTS): PlottedPoint[] {
  const rows: PlottedPoint[] = [];
  const hide = (axis: Axis, value: number) => {
    const reason = reasonFor(axis, value);
    hidden.set(reason, (hidden.get(reason) ?? 0) + 1);
  };
  for (const { name, x, y } of plot.series) {
    const visible = Array.from({ length: x.length }, (_, k) => k).filter((k) => {
      if (!canShow(plot.x, x[k])) hide(plot.x, x[k]);
      else if (!canShow(plot.y, y[k])) hide(plot.y, y[k]);
      else return true;
      return false;
    });
    const places = visible.map((k) => placeOn(plot.x, x[k]));
    for (const k of thinned(places, most)) {
      const row = visible[k];
      rows.push({ x: rounded(x[row]), y: rounded(y[row]), series: name });
    }
  }
  return rows;
}

function reasonFor(axis: Axis, value: number): string {
  if (!Number.isFinite(value)) return `without ${axis.symbol}`;
  return axis.least === undefined ? `${axis.symbol} ≤ 0` : `${axis.symbol} < ${axis.least}`;
}

/** What a caption has to add where points are left out; starts with a space, or is empty. */
export function leftOut(hidden: Hidden): string {
  const parts = Array.from(hidden, ([reason, count]) => `${count} with ${reason}`);
  const words = parts.join(', ').replaceAll('with without', 'without');
  return parts.length === 0 ? '' : ` Points not drawn: ${words}.`;
}
