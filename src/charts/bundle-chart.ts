import { quantile } from '../numerics/vectors.js';
import { channel, type Axis } from './axis.js';
import type { Figure } from './figure.js';
import { heading, referenceLayers, type Wording } from './line-chart.js';
import type { ReferenceLine, Series } from './plot.js';
import { seriesStyle } from './series-style.js';
import { HEIGHT, WIDTH } from './style.js';
import { leftOut, rowsOf, type Hidden } from './visible-rows.js';

/** Many curves of one kind, drawn thin in one colour. */
export interface Bundle {
  readonly name: string;
  readonly lines: readonly Pick<Series, 'x' | 'y'>[];
  readonly color: number;
  readonly dash?: number;
  /** Draws their median as well, strong; the curves must then have the same x. */
  readonly median?: boolean;
}

/** Bundles of curves on common axes, with lines to compare them with. */
export interface BundlePlot {
  readonly x: Axis;
  readonly y: Axis;
  readonly bundles: readonly Bundle[];
  readonly references?: readonly ReferenceLine[];
  /** Curves stay level between their points, as counts do. */
  readonly steps?: boolean;
}

/** Curves of a bundle that are drawn: more would blacken the chart. The median is that of all. */
const MOST_LINES = 24;
/** Points of one curve. */
const MOST_POINTS = 80;

/** A chart of bundles, with one entry in the legend for each of them. */
export function bundleChart(words: Wording, plot: BundlePlot): Figure {
  const { bundles, references = [] } = plot;
  const hidden: Hidden = new Map();
  const thin = bundles.flatMap((bundle) => {
    const lines = bundle.lines.slice(0, MOST_LINES);
    return lines.flatMap((line, k) =>
      rowsOf({ ...plot, series: [{ ...line, name: bundle.name }] }, hidden, MOST_POINTS).map(
        (row) => ({ ...row, line: k }),
      ),
    );
  });
  const medians = bundles.filter(({ median, lines }) => median && lines.length > 0).map(medianOf);
  const strong = rowsOf({ ...plot, series: medians }, new Map(), MOST_POINTS);
  const held = (axis: 'x' | 'y') => [
    ...[...thin, ...strong].map((row) => row[axis]),
    ...references.filter((line) => line.axis === axis).map(({ at }) => at),
  ];
  // An axis without values has no range of its own.
  const shown = (axis: Axis): Axis => (thin.length > 0 ? axis : { domain: [0, 1], ...axis });
  const x = channel(shown(plot.x), 'x', held('x'));
  const y = channel(shown(plot.y), 'y', held('y'));
  const named = bundles.map((bundle) => ({ ...bundle, x: [], y: [] }));
  const encoding = { x, y, ...seriesStyle(named, WIDTH).channels };
  const line = { type: 'line', clip: true, interpolate: plot.steps ? 'step-after' : 'linear' };
  const layer = [
    {
      data: { values: thin },
      mark: { ...line, strokeWidth: 1, opacity: medians.length > 0 ? 0.35 : 0.8 },
      encoding: { ...encoding, detail: { field: 'line', type: 'nominal' } },
    },
    ...(medians.length > 0
      ? [{ data: { values: strong }, mark: { ...line, strokeWidth: 3 }, encoding }]
      : []),
    ...references.flatMap((each) => referenceLayers(each, { x, y }, WIDTH)),
  ];
  const caption = words.caption + notDrawn(bundles) + leftOut(hidden);
  const spec = { ...heading(words, caption), width: WIDTH, height: HEIGHT, layer };
  return { name: words.name, title: words.title, caption, kind: 'vega-lite', spec };
}

/** The median of a bundle's curves at every x. */
function medianOf({ name, lines }: Bundle): Series {
  const [{ x }] = lines;
  const y = Array.from(x, (_, k) =>
    quantile(
      lines.map((line) => line.y[k]),
      0.5,
    ),
  );
  return { name, x, y };
}

function notDrawn(bundles: readonly Bundle[]): string {
  const parts = bundles
    .filter(({ lines }) => lines.length > MOST_LINES)
    .map(({ name, lines }) => `${MOST_LINES} of ${lines.length} (${name})`);
  return parts.length === 0 ? '' : ` Thin curves drawn: ${parts.join(', ')}.`;
}
