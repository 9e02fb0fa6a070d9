import { THEME } from '../style.js';
import { textWidth } from '../text-widths.js';
import {
  drawnChart,
  type Box,
  type DrawnChart,
  type DrawnCurve,
  type Pixel,
} from './drawn-curves.js';
import type { Part } from './part.js';
import { wrapped } from './wrapped.js';

/** Beyond this many curves a legend is easier to read. */
const MOST_CURVES = 4;
const SIZE = THEME.legend.labelFontSize;
const LINE = 1.2 * SIZE;
/** Between words and what they must not touch, in pixels. */
const CLEAR = 2;
/** Between a label and its curve, and how much farther every other one has to be. */
const GAP = 4;
const CLEARER = 7;
/** Farther than this, another curve does not disturb. */
const FAR = 40;
/** Points of a curve beside which its label is tried, about. */
const TRIED = 60;

/** What a name in two lines has to gain. */
const SECOND_LINE = 6;

interface Label extends Box {
  readonly lines: readonly string[];
  readonly series: string;
  readonly color: string;
  readonly score: number;
}

/**
 * The specification of a chart with the names of its curves beside them in place of a legend; undefined where
 * there are too many of them, or too little room. `svg` is its drawing.
 */
export function directlyLabelled(spec: Part, svg: string): Part | undefined {
  if (spec.concat !== undefined || !Array.isArray(spec.layer)) return undefined;
  const names = seriesOf(spec.layer as Part[]);
  if (names === undefined || names.length > MOST_CURVES) return undefined;
  const chart = drawnChart(svg);
  const drawn = chart?.curves.map(({ series }) => series) ?? [];
  if (chart === undefined || drawn.length !== names.length) return undefined;
  if (!names.every((name) => drawn.includes(name))) return undefined;
  const labels = placed(chart);
  if (labels === undefined) return undefined;
  const layer = (spec.layer as Part[]).filter(({ encoding }) => !isLegend(encoding as Part));
  return { ...spec, layer: [...layer.map(withoutLegend), ...labels.map(textOf)] };
}

/** The names in the legend of a chart; undefined where it has none. */
function seriesOf(layers: readonly Part[]): readonly string[] | undefined {
  const colors = layers.map(
    ({ encoding }) => (encoding as Part | undefined)?.color as Part | undefined,
  );
  const found = colors.find((color) => color?.legend && color.field === 'series');
  return (found?.scale as { domain: string[] } | undefined)?.domain;
}

/** The layer that shows nothing but gives the legend its symbols. */
function isLegend(encoding: Part | undefined): boolean {
  return encoding?.shape !== undefined;
}

function withoutLegend(layer: Part): Part {
  const encoding = Object.entries((layer.encoding as Part | undefined) ?? {}).map(
    ([name, channel]) => {
      const has = (channel as Part).legend !== undefined;
      return [name, has ? { ...(channel as Part), legend: null } : channel];
    },
  );
  return { ...layer, encoding: Object.fromEntries(encoding) as Part };
}

function textOf({ left, right, top, bottom, lines, color }: Label): Part {
  const whole = (value: number) => Math.round(value * 10) / 10;
  return {
    data: { values: [{}] },
    mark: {
      type: 'text',
      align: 'center',
      baseline: 'middle',
      fontSize: SIZE,
      lineHeight: LINE,
      // Lines go down from the first one.
      dy: (-(lines.length - 1) * LINE) / 2,
      color: darker(color),
      text: lines.length === 1 ? lines[0] : lines,
    },
    encoding: {
      x: { value: whole((left + right) / 2) },
      y: { value: whole((top + bottom) / 2) },
    },
  };
}

/** The same hue, dark enough for small letters on white. */
function darker(color: string): string {
  const parts = [1, 3, 5].map((at) => Math.round(0.72 * parseInt(color.slice(at, at + 2), 16)));
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

/** A label for each curve, those with the least choice first; undefined where one has no place. */
function placed(chart: DrawnChart): Label[] | undefined {
  const choices = chart.curves
    .map((curve) => candidates(curve, chart))
    .sort((a, b) => a.length - b.length);
  const labels: Label[] = [];
  for (const choice of choices) {
    const free = choice.filter((label) => !labels.some((other) => overlap(label, other)));
    if (free.length === 0) return undefined;
    labels.push(free.reduce((best, label) => (label.score > best.score ? label : best)));
  }
  return labels;
}

/** Places beside a curve where its name covers nothing and is nearer to it than to any other curve. */
function candidates(curve: DrawnCurve, chart: DrawnChart): Label[] {
  const others = chart.curves.filter((one) => one !== curve).flatMap(({ points }) => points);
  const step = Math.max(1, Math.floor(curve.points.length / TRIED));
  const tried = curve.points.filter((_, k) => k % step === 0);
  return linesOf(curve.series).flatMap((lines) =>
    tried.flatMap((at) =>
      around(at, lines).flatMap((box) => {
        if (!inside(box, chart) || chart.words.some((words) => overlap(box, words))) return [];
        const own = distance(box, curve.points);
        const other = Math.min(FAR, distance(box, others));
        const rule = distance(box, chart.rules);
        if (own < CLEAR || rule < CLEAR || other < own + CLEARER) return [];
        const score = other - 2 * own - SECOND_LINE * (lines.length - 1);
        return [{ ...box, lines, series: curve.series, color: curve.color, score }];
      }),
    ),
  );
}

/** A name in one line, and in two of about the same length. */
function linesOf(name: string): string[][] {
  const two = wrapped(name, 0.62 * textWidth(name, SIZE), SIZE);
  return two.length === 2 ? [[name], two] : [[name]];
}

/** Above, below, to the right and to the left of a point, and half-way between these. */
function around({ x, y }: Pixel, lines: readonly string[]): Box[] {
  const width = Math.max(...lines.map((line) => textWidth(line, SIZE)));
  const height = lines.length * LINE;
  const dx = width / 2 + GAP;
  const dy = height / 2 + GAP;
  const ways = [-1, -0.5, 0, 0.5, 1].flatMap((right) => [
    [right, -1],
    [right, 1],
  ]);
  return [...ways, [1, 0], [-1, 0]].map(([right, down]) => {
    const [middle, line] = [x + right * dx, y + down * dy];
    return {
      left: middle - width / 2,
      right: middle + width / 2,
      top: line - height / 2,
      bottom: line + height / 2,
    };
  });
}

function inside({ left, right, top, bottom }: Box, { width, height }: DrawnChart): boolean {
  return left >= CLEAR && right <= width - CLEAR && top >= CLEAR && bottom <= height - CLEAR;
}

function overlap(a: Box, b: Box): boolean {
  const apart =
    a.right + CLEAR < b.left ||
    b.right + CLEAR < a.left ||
    a.bottom + CLEAR < b.top ||
    b.bottom + CLEAR < a.top;
  return !apart;
}

/** How far the nearest of some points is from a box; 0 inside. */
function distance({ left, right, top, bottom }: Box, points: readonly Pixel[]): number {
  let least = Infinity;
  for (const { x, y } of points) {
    const dx = Math.max(left - x, 0, x - right);
    const dy = Math.max(top - y, 0, y - bottom);
    least = Math.min(least, Math.hypot(dx, dy));
  }
  return least;
}
