import { channel, placeOn, type Axis } from './axis.js';
import type { Figure } from './figure.js';
import type { Plot, ReferenceLine } from './plot.js';
import { rounded } from '../text/numbers.js';
import { markerLayers, seriesStyle, type SeriesStyle } from './series-style.js';
import { HEIGHT, SOFT_INK, THEME, VEGA_LITE_SCHEMA, WIDTH } from './style.js';
import { leftOut, rowsOf, type Hidden, type PlottedPoint } from './visible-rows.js';

/** The words of a figure. */
export interface Wording {
  readonly name: string;
  readonly title: string;
  readonly subtitle?: string;
  readonly caption: string;
}

/**
 * A chart of one plot, 400 points or fewer of each series. Points that its axes cannot show, such as zero on a
 * logarithmic one, are left out, and the caption says how many.
 */
export function lineChart(words: Wording, plot: Plot): Figure {
  const hidden: Hidden = new Map();
  const rows = rowsOf(plot, hidden);
  const caption = words.caption + leftOut(hidden);
  const spec = {
    ...heading(words, caption),
    width: WIDTH,
    height: HEIGHT,
    layer: layers(plot, rows, WIDTH, seriesStyle(plot.series, WIDTH, plot.ordered)),
  };
  return { name: words.name, title: words.title, caption, kind: 'vega-lite', spec };
}

/** The fields with which every Vega-Lite specification begins. */
export function heading(words: Wording, caption: string): object {
  const { title, subtitle } = words;
  return {
    $schema: VEGA_LITE_SCHEMA,
    description: caption,
    title: subtitle === undefined ? { text: title } : { text: title, subtitle },
    config: THEME,
  };
}

/** Curves, points and reference lines of a plot as Vega-Lite layers. */
export function layers(
  plot: Plot,
  rows: readonly PlottedPoint[],
  width: number,
  style: SeriesStyle,
): object[] {
  const references = (plot.references ?? []).filter(({ at }) => Number.isFinite(at));
  const held = (axis: 'x' | 'y') => [
    ...rows.map((row) => row[axis]),
    ...references.filter((line) => line.axis === axis).map((line) => line.at),
  ];
  const x = channel(plot.x, 'x', held('x'));
  const y = channel(plot.y, 'y', held('y'), headOf(plot.y, held('y'), references));
  const beneath = new Set(plot.series.filter((one) => one.beneath).map(({ name }) => name));
  const mark = { type: 'line', clip: true, interpolate: plot.steps ? 'step-after' : 'linear' };
  const encoding = { x, y, ...style.channels };
  const curves = (values: readonly PlottedPoint[], manner: object = {}) => ({
    data: { values },
    mark: { ...mark, ...manner },
    encoding,
  });
  return [
    ...(beneath.size > 0
      ? [
          curves(
            rows.filter(({ series }) => beneath.has(series)),
            WIDE,
          ),
        ]
      : []),
    curves(rows.filter(({ series }) => !beneath.has(series))),
    ...markerLayers(plot.series, rows, style, { x, y }),
    ...style.legend,
    ...references.flatMap((line) => referenceLayers(line, { x, y }, width)),
  ];
}

/** Share of an axis that the words above a line take. */
const WORDS_HEIGHT = 0.09;

/** Up to where the axis has to go for the words above a line across it, which else would touch the panel above. */
function headOf(
  axis: Axis,
  values: readonly number[],
  references: readonly ReferenceLine[],
): number | undefined {
  const across = references.filter((line) => line.axis === 'y').map(({ at }) => at);
  if (across.length === 0 || values.length < 2) return undefined;
  const places = values.map((value) => placeOn(axis, value));
  const low = places.reduce((a, b) => Math.min(a, b));
  const high = places.reduce((a, b) => Math.max(a, b));
  const needed = placeOn(axis, Math.max(...across)) + WORDS_HEIGHT * (high - low);
  if (!(needed > high)) return undefined;
  return rounded(axis.scale === 'log' ? 10 ** needed : needed);
}

/** How a curve beneath others is drawn. */
const WIDE = { strokeWidth: 7, opacity: 0.35 } as const;

/** A reference line and its words, as Vega-Lite layers. */
export function referenceLayers(
  line: ReferenceLine,
  channels: { x: object; y: object },
  width: number,
): object[] {
  const data = { values: [{ [line.axis]: rounded(line.at), label: line.label }] };
  const along = { [line.axis]: channels[line.axis] };
  const height = line.atFoot ? 'height' : 4;
  const across = line.axis === 'y' ? { x: { value: width - 4 } } : { y: { value: height } };
  const text =
    line.axis === 'y'
      ? { align: 'right', baseline: 'bottom', dy: -3 }
      : line.atFoot
        ? { align: 'left', baseline: 'bottom', dx: 5, dy: -4 }
        : { align: 'left', baseline: 'top', dx: 5 };
  return [
    { data, mark: { type: 'rule', strokeDash: [3, 3], color: SOFT_INK }, encoding: along },
    {
      data,
      mark: { type: 'text', color: SOFT_INK, ...text },
      encoding: { ...along, ...across, text: { field: 'label', type: 'nominal' } },
    },
  ];
}
