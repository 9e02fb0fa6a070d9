import { alphaAxis, canShow, channel, type Axis } from './axis.js';
import type { Figure } from './figure.js';
import { heading, type Wording } from './line-chart.js';
import { leftOut, type Hidden } from './visible-rows.js';
import { rounded } from '../text/numbers.js';
import { PANEL_HEIGHT, panelGrid, panelTitle } from './panels.js';
import { PALETTE } from './style.js';

/** The margin of every example along a run. */
export interface ExamplePanel {
  readonly title: string;
  readonly alpha: readonly number[];
  /** For each α the margins of all examples, as multiples of the limit's margin. */
  readonly margins: readonly ArrayLike<number>[];
  /** Indices of the support vectors of the limit. */
  readonly support: readonly number[];
}

const MULTIPLE: Axis = {
  title: 'margin ÷ γ of the limit (log scale)',
  symbol: 'margin',
  scale: 'log',
};
const SUPPORT = 'support vectors of the limit';
const OTHERS = 'other examples';
/** For all panels together. */
const MOST_ROWS = 4500;

/** How many values of α leave every panel within its share of rows. */
export function rowsForExamples(panels: number, examples: number): number {
  return Math.max(8, Math.min(80, Math.floor(MOST_ROWS / panels / examples)));
}

/** One thin line per example, the support vectors in colour, one panel for each run. */
export function marginsOfExamples(words: Wording, panels: readonly ExamplePanel[]): Figure {
  const { columns, width } = panelGrid(panels.length);
  const hidden: Hidden = new Map();
  const concat = panels.map((panel) => ({
    width,
    height: PANEL_HEIGHT,
    layer: [panelTitle(panel.title), ...panelLayers(panel, hidden)],
  }));
  const caption = words.caption + leftOut(hidden);
  const spec = {
    ...heading(words, caption),
    columns,
    spacing: 24,
    concat,
    resolve: { scale: { color: 'shared' } },
  };
  return { name: words.name, title: words.title, caption, kind: 'vega-lite', spec };
}

function panelLayers(panel: ExamplePanel, hidden: Hidden): object[] {
  const chosen = new Set(panel.support);
  const rows = panel.alpha.flatMap((alpha, k) => {
    if (!canShow(alphaAxis, alpha)) return [];
    return Array.from(panel.margins[k], (margin, example) => ({ alpha, margin, example }));
  });
  const visible = rows.filter(({ margin }) => canShow(MULTIPLE, margin));
  const lost = rows.length - visible.length;
  if (lost > 0) hidden.set('a margin ≤ 0', lost + (hidden.get('a margin ≤ 0') ?? 0));
  const encoding = {
    x: channel(
      alphaAxis,
      'x',
      visible.map(({ alpha }) => alpha),
    ),
    y: channel(
      MULTIPLE,
      'y',
      visible.map(({ margin }) => margin),
    ),
    detail: { field: 'example', type: 'nominal' },
  };
  const color = (name: string) => ({
    datum: name,
    type: 'nominal',
    scale: { domain: [SUPPORT, OTHERS], range: [PALETTE[1], '#bdbdbd'] },
    legend: { title: null, orient: 'bottom', symbolType: 'stroke', columns: 2, symbolOpacity: 1 },
  });
  const layer = (name: string, inSupport: boolean) => ({
    data: {
      values: visible
        .filter(({ example }) => chosen.has(example) === inSupport)
        .map(({ alpha, margin, example }) => ({ x: rounded(alpha), y: rounded(margin), example })),
    },
    mark: { type: 'line', clip: true, strokeWidth: inSupport ? 1.8 : 0.9 },
    encoding: { ...encoding, color: color(name) },
  });
  return [layer(OTHERS, false), layer(SUPPORT, true)];
}
