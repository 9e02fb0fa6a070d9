import type { Figure } from '../figure.js';
import { toSvg } from '../svg.js';
import { directlyLabelled } from './direct-labels.js';
import type { Part } from './part.js';
import { gridFor, relaid } from './relayout.js';
import type { Sheet } from './sheet.js';

/** Drawings until the panels fill the width: axes take room that depends on their numbers. */
const MOST_DRAWINGS = 8;
/** Pixels that may be left over at the side. */
const SLACK = 3;
const NARROWEST = 60;

/**
 * A Vega-Lite figure laid out for a sheet, as an SVG document whose size is that of the sheet: nothing is scaled,
 * panels get the room that the width leaves, and go below each other where it leaves too little. The same figure
 * and sheet give the same bytes. Throws a sentence where not even the narrowest panels fit.
 */
export async function printedSvg(figure: Figure, sheet: Sheet): Promise<string> {
  const spec = figure.spec as Part;
  if (figure.kind !== 'vega-lite') throw new Error(`${figure.name} is not a Vega-Lite figure.`);
  if (sheet.width === undefined) return toSvg({ ...figure, spec: asMade(spec, sheet) });
  // Vega's drawings are whole numbers of pixels wide.
  const page = sheet.width / sheet.unit;
  const width = Math.floor(page);
  let grid = gridFor(spec, width);
  let best: Drawn | undefined;
  for (let k = 0; k < MOST_DRAWINGS; k++) {
    const laidOut = relaid(spec, sheet, width, grid);
    const svg = await toSvg({ ...figure, spec: laidOut });
    const over = sizeOf(svg).width - width;
    if (over <= 0) best = { spec: laidOut, svg };
    const fitting = Math.max(NARROWEST, Math.floor(grid.panel - over / grid.columns));
    const panel = Math.min(fitting, grid.widest);
    const done = over <= 0 && over > -SLACK;
    if (done || panel === grid.panel || (best !== undefined && over > 0)) break;
    grid = { ...grid, panel };
  }
  if (best === undefined) {
    const inches = (sheet.width / 72).toFixed(2);
    throw new Error(`${figure.name} does not fit in ${inches}in; expected a wider page.`);
  }
  return sized(await labelled(figure, best, sheet), page, sheet.unit);
}

/** A specification and its drawing. */
interface Drawn {
  readonly spec: Part;
  readonly svg: string;
}

/** The drawing with names beside the curves where there is room for them. */
async function labelled(figure: Figure, { spec, svg }: Drawn, { style }: Sheet): Promise<string> {
  const direct = style === 'web' ? undefined : directlyLabelled(spec, svg);
  return direct === undefined ? svg : toSvg({ ...figure, spec: direct });
}

/** The document with its sizes as plain numbers of points, which converters take for those of the page. */
export function withoutUnits(svg: string): string {
  return svg.replace(/ width="([\d.]+)pt" height="([\d.]+)pt"/, ' width="$1" height="$2"');
}

/** Words alone are other ones; sizes stay. */
function asMade(spec: Part, { font, titles }: Sheet): Part {
  const { title, config, ...rest } = spec;
  const theme = config as Part;
  return {
    ...rest,
    ...(titles ? { title } : {}),
    config: font === undefined ? theme : { ...theme, font: `${font}, ${theme.font as string}` },
  };
}

/** The size that an SVG document of Vega says. */
export function sizeOf(svg: string): { width: number; height: number } {
  const [, width, height] = /^<svg [^>]*?\bwidth="([\d.]+)" height="([\d.]+)"/.exec(svg) ?? [];
  if (width === undefined) throw new Error('This SVG does not say its size.');
  return { width: Number(width), height: Number(height) };
}

/** The document with its size in points, and what it shows in pixels of the layout. */
function sized(svg: string, width: number, unit: number): string {
  const { height } = sizeOf(svg);
  const points = (pixels: number) => `${Number((pixels * unit).toFixed(3))}pt`;
  return svg.replace(
    /width="[\d.]+" height="[\d.]+" viewBox="[^"]*"/,
    `width="${points(width)}" height="${points(height)}" viewBox="0 0 ${Number(width.toFixed(6))} ${height}"`,
  );
}
