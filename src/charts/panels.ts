import type { Figure } from './figure.js';
import { heading, layers, type Wording } from './line-chart.js';
import type { Plot, Series } from './plot.js';
import { seriesStyle } from './series-style.js';
import { MOST_POINTS, WIDTH } from './style.js';
import { leftOut, rowsOf, type Hidden } from './visible-rows.js';

/** One of several small charts side by side. */
export interface Panel extends Plot {
  readonly title: string;
}

/** Columns of a row of panels, and how wide each of them is. */
export function panelGrid(panels: number): { columns: number; width: number } {
  const columns = Math.min(panels, 2);
  return { columns, width: Math.round((TOTAL - (columns - 1) * GAP) / columns) };
}

/** Room for panels beside each other, in pixels: more would be cut off, or too small to read, on a narrow page. */
const TOTAL = 1.12 * WIDTH;

/** Room for the next panel's axis. */
const GAP = 70;
/** Height of one panel, in pixels. */
export const PANEL_HEIGHT = 190;

/**
 * Charts beside each other with axes of their own and one legend: every panel names its series
 * alike. They share the budget of points, so that many panels stay as small as one chart.
 */
export function lineChartPanels(words: Wording, panels: readonly Panel[]): Figure {
  const { columns, width } = panelGrid(panels.length);
  const most = Math.min(MOST_POINTS, Math.floor((4 * MOST_POINTS) / panels.length));
  const hidden: Hidden = new Map();
  const prepared = panels.map((panel) => ({ panel, rows: rowsOf(panel, hidden, most) }));
  const ordered = panels.some((panel) => panel.ordered);
  const style = seriesStyle(distinctSeries(panels), TOTAL, ordered);
  const caption = words.caption + leftOut(hidden);
  const concat = prepared.map(({ panel, rows }) => ({
    width,
    height: PANEL_HEIGHT,
    layer: [panelTitle(panel.title), ...layers(panel, rows, width, style)],
  }));
  const spec = {
    ...heading(words, caption),
    columns,
    spacing: 24,
    concat,
    resolve: { scale: { color: 'shared', strokeDash: 'shared', shape: 'shared' } },
  };
  return { name: words.name, title: words.title, caption, kind: 'vega-lite', spec };
}

/** Every series once, with the place in the palette that its first panel gives it. */
function distinctSeries(panels: readonly Panel[]): Series[] {
  const found = new Map<string, Series>();
  for (const { series } of panels) {
    series.forEach((one, k) => {
      const points = one.points || found.get(one.name)?.points;
      found.set(one.name, { color: k, dash: k, ...one, ...found.get(one.name), points });
    });
  }
  return [...found.values()];
}

/** A panel's title as a layer: at the same height in every panel, which Vega's titles are not. */
export function panelTitle(text: string): object {
  return {
    data: { values: [{}] },
    mark: { type: 'text', align: 'left', baseline: 'bottom', fontSize: 12, text },
    encoding: { x: { value: 0 }, y: { value: -10 } },
  };
}
