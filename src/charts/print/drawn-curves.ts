import { textWidth } from '../text-widths.js';

/** A place in a chart, in pixels from its upper left corner. */
export interface Pixel {
  readonly x: number;
  readonly y: number;
}

/** A curve as it was drawn, with points close to each other. */
export interface DrawnCurve {
  readonly series: string;
  readonly color: string;
  readonly points: readonly Pixel[];
}

/** A rectangle that words cover. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** What a chart alone shows, read off its drawing: scales need not be known for that. */
export interface DrawnChart {
  readonly width: number;
  readonly height: number;
  readonly curves: readonly DrawnCurve[];
  /** Words of reference lines. */
  readonly words: readonly Box[];
  /** Places that reference lines cover. */
  readonly rules: readonly Pixel[];
}

/** Pixels from one point of a curve to the next. */
const STEP = 3;

/** The curves of a chart in an SVG document of Vega; undefined where it is no such chart. */
export function drawnChart(svg: string): DrawnChart | undefined {
  const [, width, height] =
    /class="background" aria-hidden="true" d="M[\d.]+,[\d.]+h([\d.]+)v([\d.]+)/.exec(svg) ?? [];
  if (width === undefined) return undefined;
  const curves = Array.from(
    svg.matchAll(
      /<path aria-label="([^"]*)"[^>]*roledescription="line mark" d="([^"]*)" stroke="([^"]*)"/g,
    ),
    ([, label, path, color]): DrawnCurve => ({
      series: unescaped(/(?:^|; )series: (.*)$/.exec(label)?.[1] ?? ''),
      color,
      points: dense(pointsIn(path)),
    }),
  );
  return {
    width: Number(width),
    height: Number(height),
    curves,
    words: groups(svg, 'text').flatMap(wordsIn),
    rules: groups(svg, 'rule').flatMap(rulesIn),
  };
}

function groups(svg: string, kind: string): string[] {
  return svg.match(new RegExp(`<g class="mark-${kind} role-mark[^>]*[^/]>.*?</g>`, 'gs')) ?? [];
}

function pointsIn(path: string): Pixel[] {
  return Array.from(path.matchAll(/[ML]([-\d.e]+),([-\d.e]+)/g), ([, x, y]) => ({
    x: Number(x),
    y: Number(y),
  }));
}

function dense(points: readonly Pixel[]): Pixel[] {
  return points.flatMap((to, k) => {
    if (k === 0) return [to];
    const from = points[k - 1];
    const steps = Math.max(1, Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / STEP));
    return Array.from({ length: steps }, (_, j) => ({
      x: from.x + ((j + 1) / steps) * (to.x - from.x),
      y: from.y + ((j + 1) / steps) * (to.y - from.y),
    }));
  });
}

function wordsIn(group: string): Box[] {
  const texts = group.matchAll(
    /<text [^>]*?text-anchor="(\w+)" transform="translate\(([-\d.]+),([-\d.]+)\)"[^>]*?font-size="([\d.]+)px"[^>]*>([^<]*)</g,
  );
  return Array.from(texts, ([, anchor, x, y, size, text]) => {
    const width = textWidth(unescaped(text), Number(size));
    const left = Number(x) - (anchor === 'end' ? width : anchor === 'middle' ? width / 2 : 0);
    // The baseline is at y.
    return { left, right: left + width, top: Number(y) - Number(size), bottom: Number(y) + 3 };
  });
}

function rulesIn(group: string): Pixel[] {
  const lines = group.matchAll(
    /<line [^>]*?transform="translate\(([-\d.]+),([-\d.]+)\)" x2="([-\d.]+)" y2="([-\d.]+)"/g,
  );
  return Array.from(lines, ([, x, y, dx, dy]) =>
    dense([
      { x: Number(x), y: Number(y) },
      { x: Number(x) + Number(dx), y: Number(y) + Number(dy) },
    ]),
  ).flat();
}

function unescaped(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
