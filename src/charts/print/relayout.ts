import { THEME } from '../style.js';
import { textWidth } from '../text-widths.js';
import { relaidLegend } from './legends.js';
import type { Part } from './part.js';
import type { Sheet } from './sheet.js';
import { wrapped, wrappedText } from './wrapped.js';

/** How the panels of a figure are laid out: in so many columns, each so many pixels wide. */
export interface Grid {
  readonly columns: number;
  readonly panel: number;
  /** What a panel may not exceed. */
  readonly widest: number;
}

function hasAxis({ layer }: Part): boolean {
  return ((layer ?? []) as Part[]).some(({ encoding }) => {
    const y = (encoding as Part | undefined)?.y as Part | undefined;
    return Boolean(y?.axis);
  });
}

/** Around the whole figure, in pixels: on a page the text around it keeps its own distance. */
const PADDING = 2;
/** A panel with axes is no narrower than this with all that belongs to it, a bare square one than that. */
const NARROWEST_PANEL = 205;
const NARROWEST_SQUARE = 160;
/** A square below others of its kind, which fills the width but not the page. */
const WIDEST_SQUARE = 230;
/** Room for an axis with its numbers and title. */
const AXIS = 62;
const TALLEST = 1.1;

/** The panels of a specification; a chart alone is one. */
export function panelsOf(spec: Part): readonly Part[] {
  return ((spec.concat ?? spec.hconcat) as Part[] | undefined) ?? [spec];
}

/** A first guess of how panels fill a width; how wide they can be is known once they are drawn. */
export function gridFor(spec: Part, width: number): Grid {
  const panels = panelsOf(spec);
  const square = panels.every((panel) => panel.width === panel.height);
  const axes = hasAxis(panels[panels.length - 1]);
  const least = square && !axes ? NARROWEST_SQUARE : NARROWEST_PANEL;
  const most = (spec.columns as number | undefined) ?? panels.length;
  const columns = Math.max(1, Math.min(most, Math.floor(width / least)));
  const widest = square && columns === 1 ? WIDEST_SQUARE : Infinity;
  return { columns, panel: Math.min(Math.floor(width / columns) - AXIS, widest), widest };
}

/** The specification with its panels in that grid, its words in lines that fit, and its legends in place. */
export function relaid(spec: Part, sheet: Sheet, width: number, grid: Grid): Part {
  const { concat, hconcat, columns: _, title, config, ...rest } = spec;
  const room = width - 2 * PADDING;
  const head = {
    ...(sheet.titles && title !== undefined ? { title: titleIn(title as Part, room - 4) } : {}),
    config: configOf(config as Part, sheet),
  };
  // Legends begin where the first panel does, behind its axis.
  const axis = width / grid.columns - grid.panel;
  const legend = hasOwnLegends(spec) ? grid.panel : room - axis;
  const resize = (panel: Part, rows: number) => resized(panel, grid, rows, legend);
  const several = (concat ?? hconcat) as Part[] | undefined;
  if (several === undefined) return { ...rest, ...head, ...resize(rest, 1) };
  const rows = Math.ceil(several.length / grid.columns);
  const parts = several.map((panel) => resize(panel, rows));
  return { ...rest, ...head, columns: grid.columns, concat: parts };
}

/** Whether each panel has its own legend below it. */
function hasOwnLegends({ resolve }: Part): boolean {
  return (resolve as { scale?: Part } | undefined)?.scale?.color === 'independent';
}

function titleIn({ text, subtitle }: Part, room: number): Part {
  const { fontSize, subtitleFontSize } = THEME.title;
  return {
    text: wrappedText(text as string, room, fontSize, true),
    ...(subtitle === undefined
      ? {}
      : { subtitle: wrappedText(subtitle as string, room, subtitleFontSize) }),
  };
}

function configOf(config: Part, { font }: Sheet): Part {
  const named = font === undefined ? {} : { font: `${font}, ${config.font as string}` };
  return {
    ...config,
    ...named,
    padding: { left: PADDING, right: PADDING, top: PADDING, bottom: 2 * PADDING },
  };
}

/** A panel in its new size, and all in it that was placed by the old one. */
function resized(panel: Part, { panel: width }: Grid, rows: number, legend: number): Part {
  const { width: oldWidth, height: oldHeight } = panel as { width: number; height: number };
  if (typeof oldWidth !== 'number') return steps(panel, width);
  const height = heightOf(oldWidth, oldHeight, width, rows);
  const size: Size = { oldWidth, oldHeight, width, height, legend };
  const layer = (panel.layer as Part[]).map((part) => layerIn(part, size));
  return { ...panel, width, height, layer };
}

/** Squares stay squares; other panels keep their shape within limits, and are lower where they are stacked. */
function heightOf(oldWidth: number, oldHeight: number, width: number, rows: number): number {
  if (oldWidth === oldHeight) return width;
  const lowest = rows > 2 ? 0.62 : 0.75;
  const share = Math.min(TALLEST, Math.max(lowest, width / oldWidth));
  return Math.round(oldHeight * (rows > 2 ? Math.min(share, 0.8) : share));
}

interface Size {
  readonly oldWidth: number;
  readonly oldHeight: number;
  readonly width: number;
  readonly height: number;
  /** Room for legends below, from side to side. */
  readonly legend: number;
}

function layerIn(part: Part, size: Size): Part {
  const { layer, mark, encoding, ...rest } = part;
  return {
    ...rest,
    ...(layer === undefined ? {} : { layer: (layer as Part[]).map((one) => layerIn(one, size)) }),
    ...(mark === undefined ? {} : { mark: markIn(mark as Part, size) }),
    ...(encoding === undefined ? {} : { encoding: encodingIn(encoding as Part, size) }),
  };
}

function markIn(mark: Part, { oldWidth, width, height }: Size): Part {
  if (mark.type === 'image' && mark.width === oldWidth) return { ...mark, width, height };
  // A text of its own is the title of the panel, and stands above it.
  if (mark.type !== 'text' || typeof mark.text !== 'string') return mark;
  const lines = wrapped(mark.text, width, mark.fontSize as number);
  // A text of several lines begins where one of one line does; this one has to end there.
  const lineHeight = 1.2 * (mark.fontSize as number);
  const dy = -(lines.length - 1) * lineHeight;
  return lines.length === 1 ? mark : { ...mark, text: lines, lineHeight, dy };
}

function encodingIn(encoding: Part, size: Size): Part {
  return Object.fromEntries(
    Object.entries(encoding).map(([name, channel]) => [name, channelIn(name, channel, size)]),
  );
}

/** What is placed, and what legends say of the rest. */
function channelIn(name: string, channel: unknown, size: Size): unknown {
  if (typeof channel !== 'object' || channel === null) return channel;
  const found = channel as Part;
  const along = name.startsWith('x') ? 'x' : name.startsWith('y') ? 'y' : undefined;
  if (typeof found.value === 'number' && along !== undefined) {
    const [old, now] = along === 'x' ? [size.oldWidth, size.width] : [size.oldHeight, size.height];
    // What stood near the far edge stays as near to it.
    return found.value > old / 2 ? { ...found, value: now - (old - found.value) } : found;
  }
  if (along !== undefined) return { ...found, ...axisIn(found, along, size) };
  const legend = found.legend as Part | null | undefined;
  return legend ? { ...found, legend: relaidLegend(found, legend, size.legend) } : found;
}

function axisIn(channel: Part, along: 'x' | 'y', { width, height }: Size): Part {
  const axis = channel.axis as Part | null | undefined;
  if (!axis || typeof axis.title !== 'string') return {};
  const { titleFontSize } = THEME.axis;
  const length = along === 'x' ? width + AXIS / 2 : height;
  // Half a line too much is nearer than two lines.
  if (textWidth(axis.title, titleFontSize) <= length + 8) return {};
  const ticks =
    typeof axis.tickCount === 'number' ? { tickCount: Math.min(axis.tickCount, 5) } : {};
  return { axis: { ...axis, ...ticks, title: wrapped(axis.title, length, titleFontSize) } };
}

/** Pictures in steps, as wide as the panel allows. */
function steps(panel: Part, width: number): Part {
  const { encoding, mark, data } = panel as { encoding: Part; mark: Part; data: Part };
  const rows = data.values as { column: string }[];
  const columns = new Set(rows.map(({ column }) => column)).size;
  const old = (panel.width as { step: number }).step;
  const step = Math.min(old, Math.floor(width / columns));
  const side = (mark.width as number) - (old - step);
  return {
    ...panel,
    encoding,
    width: { step },
    height: { step },
    mark: { ...mark, width: side, height: side },
  };
}
