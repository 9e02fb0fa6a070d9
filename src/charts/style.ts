/** Fonts in the order in which readers' machines have them; DejaVu has every letter used here. */
export const FONT = 'DejaVu Sans, Helvetica, Arial, sans-serif';

/** The `$schema` of every Vega-Lite specification. */
export const VEGA_LITE_SCHEMA = 'https://vega.github.io/schema/vega-lite/v5.json';

/** Size of one chart, in pixels. */
export const WIDTH = 520;
/** Its height, in pixels. */
export const HEIGHT = 320;

/** Points per line: enough for a smooth curve, few enough for a small notebook. */
export const MOST_POINTS = 400;

/** Okabe and Ito's colours, told apart with every common colour vision; the k-th series has the k-th. */
export const PALETTE = [
  '#0072B2',
  '#D55E00',
  '#009E73',
  '#CC79A7',
  '#56B4E9',
  '#E69F00',
  '#000000',
] as const;

/** Dashes beside the colours, so that a print in grey still tells series apart. */
export const DASHES: readonly (readonly number[])[] = [
  [1, 0],
  [7, 3],
  [2, 2],
  [9, 3, 2, 3],
  [12, 3],
  [4, 2, 1, 2],
  [5, 5],
];

/** From early to late: dark to light, without the pale end that paper swallows. */
export const EARLY_TO_LATE = ['#440154', '#3b528b', '#21918c', '#5ec962', '#b8c92a'] as const;

/** Colours of what has an order, light for the first and dark for the last, evenly in lightness: viridis without its pale end. */
const LIGHT_TO_DARK = ['#7ad151', '#22a884', '#2a788e', '#414487', '#440154'] as const;

/**
 * Marks beside colours and dashes, as SVG paths within [−1, 1]²: circle, square, triangle, diamond, cross,
 * triangle upside down, bar.
 */
const MARKERS: readonly string[] = [
  'M-.42,0A.42,.42,0,1,1,.42,0A.42,.42,0,1,1,-.42,0Z',
  'M-.38,-.38H.38V.38H-.38Z',
  'M0,-.5L.5,.4H-.5Z',
  'M0,-.56L.5,0L0,.56L-.5,0Z',
  'M-.16,-.52H.16V-.16H.52V.16H.16V.52H-.16V.16H-.52V-.16H-.16Z',
  'M0,.5L.5,-.4H-.5Z',
  'M-.16,-.56H.16V.56H-.16Z',
];

/** Area that they are drawn with, in charts and in legends, in square pixels. */
export const MARKER_SIZE = 220;

/** The colour of text and axes. */
export const INK = '#222222';
/** That of what is said in passing: subtitles, references, axis labels. */
export const SOFT_INK = '#666666';
const GRID = '#e6e6e6';

/** The colour of the series with this index, from 0; after the last of the palette comes the first. */
export function colorOf(index: number): string {
  return PALETTE[index % PALETTE.length];
}

/** Its dashes, as lengths in pixels of strokes and gaps by turns; after the last pattern comes the first. */
export function dashOf(index: number): readonly number[] {
  return DASHES[index % DASHES.length];
}

/** Its marker, as an SVG path of `MARKER_SIZE`. */
export function markerOf(index: number): string {
  return MARKERS[index % MARKERS.length];
}

/** The colour at a place from 0, the first, to 1, the last, of what has an order. */
export function sequentialColor(place: number): string {
  const at = Math.min(1, Math.max(0, place)) * (LIGHT_TO_DARK.length - 1);
  const low = Math.min(Math.floor(at), LIGHT_TO_DARK.length - 2);
  const channels = (hex: string) =>
    [1, 3, 5].map((from) => parseInt(hex.slice(from, from + 2), 16));
  const [from, to] = [channels(LIGHT_TO_DARK[low]), channels(LIGHT_TO_DARK[low + 1])];
  const mixed = from.map((value, i) => Math.round(value + (at - low) * (to[i] - value)));
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

/** Vega-Lite's `config` for every figure. */
export const THEME = {
  font: FONT,
  background: '#ffffff',
  padding: 12,
  view: { stroke: null },
  axis: {
    labelColor: INK,
    titleColor: INK,
    labelFontSize: 11,
    titleFontSize: 12,
    titleFontWeight: 'normal',
    titlePadding: 8,
    labelPadding: 4,
    labelFlush: false,
    domainColor: INK,
    tickColor: INK,
    tickSize: 4,
    gridColor: GRID,
    gridWidth: 0.8,
  },
  title: {
    color: INK,
    subtitleColor: SOFT_INK,
    fontSize: 14,
    subtitleFontSize: 11.5,
    fontWeight: 'bold',
    anchor: 'start',
    offset: 12,
    subtitlePadding: 5,
  },
  header: { labelFontSize: 12, labelColor: INK },
  legend: {
    labelColor: INK,
    titleColor: INK,
    labelFontSize: 11,
    titleFontSize: 11.5,
    titleFontWeight: 'normal',
    labelLimit: 0,
    symbolStrokeWidth: 2,
    symbolSize: MARKER_SIZE,
    labelOffset: 9,
    rowPadding: 4,
    columnPadding: 18,
  },
  line: { strokeWidth: 2, strokeCap: 'butt', strokeJoin: 'round' },
  rule: { color: SOFT_INK },
  text: { color: INK, fontSize: 11 },
} as const;
