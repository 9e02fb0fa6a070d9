import type { Figure } from '../charts/index.js';
import { toSvg, toVega } from '../charts/svg.js';
import {
  leavesOf,
  mapLeaves,
  mapViews,
  markOf,
  withLegendWithin,
  type Spec,
} from './spec-parts.js';

/** A figure as the page shows it: drawings for wide and narrow pages, and what draws itself. */
export interface ReportedFigure {
  readonly name: string;
  readonly title: string;
  readonly caption: string;
  /** SVG documents without the title, which the page has in its own letters. */
  readonly wide: string;
  readonly narrow: string;
  /** A Vega specification that tells values under the pointer, and moves and zooms. */
  readonly moving: object;
}

/** The widest plot of a narrow page: with its axis about as wide as a phone, so that letters keep their size. */
const NARROW = 310;

/** Draws a Vega-Lite figure for the page: the same figure gives the same bytes. */
export async function reportedFigure(figure: Figure): Promise<ReportedFigure> {
  const spec = untitled(figure.spec as Spec);
  const drawn = (changed: Spec): Figure => ({ ...figure, spec: changed });
  const { subtitle } = ((figure.spec as Spec).title ?? {}) as { subtitle?: string };
  return {
    name: figure.name,
    title: figure.title,
    caption: [subtitle?.replace(/([^.!?])$/, '$1.'), figure.caption].filter(Boolean).join(' '),
    wide: await toSvg(drawn(spec)),
    narrow: await toSvg(drawn(narrowed(spec))),
    moving: answering((await toVega(drawn(explored(spec)))) as Spec),
  };
}

/** What a drawing shows, for those who do not see it. */
export function alternativeText({ title, caption }: Pick<Figure, 'title' | 'caption'>): string {
  return `${title}. ${caption}`;
}

function untitled({ title: _title, ...spec }: Spec): Spec {
  return spec;
}

/** Panels below each other, and plots as wide as a phone. */
export function narrowed(spec: Spec): Spec {
  const { hconcat, concat, columns: _columns, ...rest } = spec;
  const panels = hconcat ?? concat;
  const stacked = panels === undefined ? spec : { ...rest, vconcat: panels };
  return mapViews(stacked, (view) => {
    const { width } = view;
    const most = typeof width === 'number' && Array.isArray(view.layer) ? NARROW : Infinity;
    const smaller = Math.min(Number(width), most);
    const within = mapLeaves(view, (leaf) => fitted(leaf, Number(width), smaller));
    return smaller < Number(width) ? { ...within, width: smaller } : within;
  });
}

/** A layer of a plot that was `width` wide: what hung on its right side hangs there still. */
function fitted(leaf: Spec, width: number, smaller: number): Spec {
  const { encoding } = leaf as { encoding?: Readonly<Record<string, Spec>> };
  if (encoding === undefined) return leaf;
  const entries = Object.entries(encoding).map(([name, channel]) => {
    const value = channel?.value;
    const moves = (name === 'x' || name === 'x2') && typeof value === 'number' && value > width / 2;
    if (moves) return [name, { ...channel, value: value - width + smaller }];
    return [name, withLegendWithin(channel, NARROW)];
  });
  return { ...leaf, encoding: Object.fromEntries(entries) as Spec };
}

/** Marks whose values are not worth telling, or are told by others. */
const SILENT = ['rule', 'text', 'image', 'area'] as const;

/** The figure with values under the pointer; plots that are drawn by their axes alone move and zoom. */
export function explored(spec: Spec): Spec {
  const config = (spec.config ?? {}) as Readonly<Record<string, Spec>>;
  const mute = SILENT.map((mark) => [mark, { ...config[mark], tooltip: null }]);
  const changed = mapViews(spec, (view, place) => {
    const leaves = leavesOf(view);
    const first = leaves.find(isPlotted);
    const pictures = leaves.some((leaf) => markOf(leaf) === 'image');
    if (first === undefined || pictures || spec.params !== undefined) return view;
    const zoom = { name: `zoom${place}`, select: 'interval', bind: 'scales' };
    return mapLeaves(view, (leaf) => (leaf === first ? { ...leaf, params: [zoom] } : leaf));
  });
  const titled = mapViews(changed, (view) => mapLeaves(view, withTitles));
  return {
    ...titled,
    config: {
      ...config,
      mark: { ...config.mark, tooltip: { content: 'encoding' } },
      // Lines alone have no points to point at.
      line: { ...config.line, point: { opacity: 0, size: 180 } },
      ...Object.fromEntries(mute),
    },
  };
}

/** Beside a mark that moves, Vega-Lite has the others answer no pointer; here all points do. */
function answering(part: Spec): Spec {
  const { marks, ...rest } = part;
  const own = part.type === 'symbol' && part.interactive === false ? { interactive: true } : {};
  if (!Array.isArray(marks)) return { ...part, ...own };
  return { ...rest, ...own, marks: (marks as Spec[]).map(answering) };
}

/** What is told of a value begins with the title of its axis. */
function withTitles(leaf: Spec): Spec {
  const { encoding } = leaf as { encoding?: Readonly<Record<string, Spec>> };
  if (encoding === undefined) return leaf;
  const entries = Object.entries(encoding).map(([name, channel]) => {
    const { title } = (channel?.axis ?? {}) as { title?: string | null };
    return [name, typeof title === 'string' ? { ...channel, title } : channel];
  });
  return { ...leaf, encoding: Object.fromEntries(entries) as Spec };
}

/** Whether both places of a layer come from numbers on axes. */
function isPlotted({ encoding }: Spec): boolean {
  const { x, y } = (encoding ?? {}) as Readonly<Record<string, { type?: string } | undefined>>;
  return x?.type === 'quantitative' && y?.type === 'quantitative';
}
