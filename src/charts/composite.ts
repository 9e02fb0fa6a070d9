import type { Figure } from './figure.js';
import { heading, layers, type Wording } from './line-chart.js';
import { panelGrid, panelTitle, PANEL_HEIGHT, type Panel } from './panels.js';
import { seriesStyle } from './series-style.js';
import { leftOut, rowsOf, type Hidden } from './visible-rows.js';

/** Charts in two columns, each with a legend of its own below it: they do not show the same series. */
export function composite(words: Wording, panels: readonly Panel[]): Figure {
  const { width } = panelGrid(2);
  const hidden: Hidden = new Map();
  const concat = panels.map((panel) => {
    const style = seriesStyle(panel.series, width, panel.ordered);
    const rows = rowsOf(panel, hidden);
    return {
      width,
      height: PANEL_HEIGHT,
      layer: [panelTitle(panel.title), ...layers(panel, rows, width, style)],
    };
  });
  const caption = words.caption + leftOut(hidden);
  const own = 'independent';
  const spec = {
    ...heading(words, caption),
    columns: 2,
    spacing: 24,
    concat,
    resolve: { scale: { color: own, strokeDash: own, shape: own } },
  };
  return { name: words.name, title: words.title, caption, kind: 'vega-lite', spec };
}
