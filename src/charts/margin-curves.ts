import { channel, type Axis } from './axis.js';
import type { Figure } from './figure.js';
import { heading, type Wording } from './line-chart.js';
import { readable, rounded } from '../text/numbers.js';
import { PANEL_HEIGHT, panelGrid, panelTitle } from './panels.js';
import { seriesStyle, type SeriesStyle } from './series-style.js';
import { SOFT_INK, WIDTH } from './style.js';

/** The margins of all examples at one moment. */
export interface MarginSample {
  /** What the legend calls the moment, such as 'α = 10³'. */
  readonly label: string;
  readonly margins: ArrayLike<number>;
}

/** One network's margin distribution, from early to late; the last one is drawn heaviest. */
export interface MarginPanel {
  readonly title: string;
  readonly samples: readonly MarginSample[];
  /** The margin that the limit gives its support vectors. */
  readonly limitMargin: number;
}

/** Cumulative margin distributions: one stepped curve for each moment, one panel for each network. */
export function cumulativeMargins(words: Wording, panels: readonly MarginPanel[]): Figure {
  const { columns, width } = panelGrid(panels.length);
  const labels = [...new Set(panels.flatMap(({ samples }) => samples.map(({ label }) => label)))];
  const style = seriesStyle(
    labels.map((name) => ({ name, x: [], y: [] })),
    1.2 * WIDTH,
    true,
  );
  const spec = {
    ...heading(words, words.caption),
    columns,
    spacing: 24,
    concat: panels.map((panel) => ({
      width,
      height: PANEL_HEIGHT,
      layer: [panelTitle(panel.title), ...panelLayers(panel, style)],
    })),
    resolve: { scale: { color: 'shared', strokeDash: 'shared' } },
  };
  const { name, title, caption } = words;
  return { name, title, caption, kind: 'vega-lite', spec };
}

const MARGIN: Axis = {
  title: 'normalized margin pᵢ/‖θ‖ᴸ (no unit)',
  symbol: 'margin',
  ticks: 5,
};
/** A margin below this share of the largest one is 0. */
const ROUNDING = 1e-9;

const SHARE: Axis = { title: 'share of examples below', symbol: 'share', domain: [0, 1] };

function panelLayers({ samples, limitMargin }: MarginPanel, style: SeriesStyle): object[] {
  const rows = samples.flatMap(({ label, margins }) => steps(label, margins));
  const x = channel(MARGIN, 'margin', []);
  const y = channel(SHARE, 'share', []);
  const limit = {
    values: [{ margin: rounded(limitMargin), label: `γ = ${readable(limitMargin, 3)}` }],
  };
  const { onLeft, onTop } = placeForLabel(rows, limitMargin);
  return [
    {
      data: limit,
      mark: { type: 'rule', strokeDash: [3, 3], color: SOFT_INK },
      encoding: { x },
    },
    {
      data: { values: rows },
      mark: { type: 'line', interpolate: 'step-after', strokeWidth: 1.8 },
      encoding: { x, y, ...style.channels, order: { field: 'k', type: 'quantitative' } },
    },
    {
      data: limit,
      mark: {
        type: 'text',
        align: onLeft ? 'right' : 'left',
        baseline: onTop ? 'top' : 'bottom',
        dx: onLeft ? -6 : 6,
        color: SOFT_INK,
      },
      encoding: {
        x,
        y: { value: onTop ? 5 : PANEL_HEIGHT - 5 },
        text: { field: 'label', type: 'nominal' },
      },
    },
  ];
}

/** Shares of the panel that the words beside the limit take. */
const WORDS = { width: 0.32, height: 0.12 };

/** Beside the limit, away from the end of the axis, at its foot or its top: where fewer corners of curves are. */
function placeForLabel(
  rows: readonly Corner[],
  limitMargin: number,
): { readonly onLeft: boolean; readonly onTop: boolean } {
  const margins = [...rows.map(({ margin }) => margin), limitMargin];
  const [low, high] = [Math.min(...margins), Math.max(...margins)];
  const onLeft = limitMargin > low + (1 - WORDS.width) * (high - low);
  const reach = (onLeft ? -1 : 1) * WORDS.width * (high - low);
  const [from, to] = [limitMargin, limitMargin + reach].sort((a, b) => a - b);
  const beside = rows.filter(({ margin }) => margin > from && margin < to);
  const atTop = beside.filter(({ share }) => share > 1 - WORDS.height).length;
  const atFoot = beside.filter(({ share }) => share < WORDS.height).length;
  return { onLeft, onTop: atTop < atFoot };
}

interface Corner {
  readonly k: number;
  readonly margin: number;
  readonly share: number;
  readonly series: string;
}

/** The corners of the cumulative curve: after each margin the share rises by 1/n. */
function steps(series: string, margins: ArrayLike<number>): Corner[] {
  const sorted = Float64Array.from(margins).sort();
  const n = sorted.length;
  // At separation the smallest margin is 0 but for rounding, whose sign would choose where the axis begins.
  const least = ROUNDING * Math.abs(sorted[n - 1]);
  const corner = (k: number, margin: number, share: number) => ({
    k,
    margin: Math.abs(margin) <= least ? 0 : rounded(margin),
    share: rounded(share),
    series,
  });
  const rises = Array.from(sorted, (margin, k) => corner(k + 1, margin, (k + 1) / n));
  return [corner(0, sorted[0], 0), ...rises];
}
