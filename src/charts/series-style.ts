import type { Series } from './plot.js';
import { colorOf, dashOf, INK, markerOf, MARKER_SIZE, sequentialColor, THEME } from './style.js';
import { textWidth } from './text-widths.js';
import type { PlottedPoint } from './visible-rows.js';

/** How series are told apart: by colour and dashes, and by markers where they have points or are many. */
export interface SeriesStyle {
  /** Vega-Lite's channels of the curves. */
  readonly channels: { readonly color: object; readonly strokeDash: object };
  /** Colour and marker of the series that have a marker. */
  readonly marked: ReadonlyMap<string, { readonly color: string; readonly path: string }>;
  /** A layer that shows nothing: the legend's symbols come from it where there are markers. */
  readonly legend: readonly object[];
}

/** More curves than these have markers besides. */
const FEW = 4;
/** Markers on a curve whose points are not marked each. */
const SPARSE = 5;
/** Room for a name's symbol in a legend, pixels. */
const SYMBOL = 45;
/** A piece of the curve in the legend, behind its marker. */
const STROKE = 'M-1.6,0H1.6';

/** Colour, dash and marker by series, with one legend below the chart. `ordered` as in `Plot`: the last is in ink, without dashes. */
export function seriesStyle(
  series: readonly Series[],
  width: number,
  ordered = false,
): SeriesStyle {
  const names = series.map(({ name }) => name);
  const last = Math.max(1, series.length - 1);
  const color = series.map((one, k) =>
    ordered ? (k === last ? INK : sequentialColor(k / last)) : colorOf(one.color ?? k),
  );
  const dash = series.map((one, k) => dashOf(ordered ? series.length - 1 - k : (one.dash ?? k)));
  const markers = series.map(({ points, dash: place }, k) =>
    points || (series.length > FEW && !ordered) ? markerOf(place ?? k) : '',
  );
  const legend = legendOf(
    names,
    width,
    markers.some((path) => path !== ''),
  );
  const by = (range: readonly unknown[]): object => ({
    field: 'series',
    type: 'nominal',
    scale: { domain: names, range },
    legend,
  });
  const channels = { color: by(color), strokeDash: by(dash) };
  const marked = new Map(
    names.flatMap((name, k) =>
      markers[k] === '' ? [] : [[name, { color: color[k], path: markers[k] }] as const],
    ),
  );
  const shape = by(markers.map((path) => path + STROKE));
  const unseen = {
    data: { values: [] },
    mark: { type: 'point', filled: true, opacity: 0 },
    encoding: { x: { value: 0 }, y: { value: 0 }, color: channels.color, shape },
  };
  return { channels, marked, legend: marked.size > 0 && legend !== null ? [unseen] : [] };
}

/** How many columns a legend of these names has within `width` pixels. */
export function legendColumns(names: readonly string[], width: number): number {
  const longest = Math.max(...names.map((name) => textWidth(name, THEME.legend.labelFontSize)));
  return Math.max(1, Math.min(names.length, Math.floor(width / (longest + SYMBOL))));
}

/** A legend below the chart, in as many columns as there is room for; none for a single series. */
function legendOf(names: readonly string[], width: number, marked: boolean): object | null {
  if (names.length === 1) return null;
  const columns = legendColumns(names, width);
  const common = { title: null, orient: 'bottom', columns, symbolOpacity: 1, offset: 10 };
  // With markers the symbols come from the scale of shapes.
  return marked ? common : { ...common, symbolType: 'stroke' };
}

/** The markers of the series in a chart: on every point, or on a few of each curve. */
export function markerLayers(
  series: readonly Series[],
  rows: readonly PlottedPoint[],
  style: SeriesStyle,
  position: { readonly x: object; readonly y: object },
): object[] {
  return series.flatMap(({ name, points }, k) => {
    const marker = style.marked.get(name);
    if (marker === undefined) return [];
    const own = rows.filter(({ series: of }) => of === name);
    // Those of different curves are shifted against each other, for where curves lie together.
    const shift = (k + 0.5) / series.length;
    const values = points ? own : sparse(own, shift);
    const { color, path } = marker;
    const mark = { type: 'point', filled: true, shape: path, size: MARKER_SIZE, opacity: 1, color };
    return [{ data: { values }, mark, encoding: position }];
  });
}

function sparse(rows: readonly PlottedPoint[], shift: number): PlottedPoint[] {
  const places = Array.from({ length: SPARSE }, (_, j) =>
    Math.floor(((j + shift) / SPARSE) * rows.length),
  );
  return [...new Set(places)].filter((k) => k < rows.length).map((k) => rows[k]);
}
