import { fileURLToPath } from 'node:url';
import { cellNamed, placeInCell, placeInWords, type Place } from './cell-code.js';

/** The kernel's own code, compiled. */
const own = fileURLToPath(new URL('..', import.meta.url));

/** Frames that tell a reader of the cell nothing. */
function isInternal(script: string): boolean {
  return (
    script.startsWith('node:') ||
    script.includes(own) ||
    /[\\/]node_modules[\\/](tslab|@tslab)[\\/]/.test(script) ||
    script.startsWith('evalmachine.')
  );
}

interface Frame {
  readonly text: string;
  readonly place?: Place;
  readonly internal: boolean;
}

/** Places in cells along the stack of an error, the innermost first. */
const places = new WeakMap<object, readonly Place[]>();

export function placesOf(error: object): readonly Place[] {
  // The stack is made, and the places with it, when it is first read.
  void (error as Error).stack;
  return places.get(error) ?? [];
}

/** Makes the stack of every error name lines of cells, without the kernel's own frames. */
export function nameCellsInStacks(): void {
  Error.prepareStackTrace = (error, sites) => {
    const frames = shortened(sites.map(frameOf));
    places.set(
      error,
      frames.flatMap(({ place }) => place ?? []),
    );
    return [headline(error), ...frames.map(({ text }) => `    at ${text}`)].join('\n');
  };
}

function headline(error: Error): string {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return 'Error';
  }
}

function frameOf(site: NodeJS.CallSite): Frame {
  const script = site.getScriptNameOrSourceURL?.() ?? site.getFileName() ?? '';
  const cell = cellNamed(script);
  const line = site.getLineNumber();
  const place =
    cell === undefined || !line ? undefined : placeInCell(cell, line, site.getColumnNumber() ?? 1);
  if (!place)
    return {
      text: (site as { toString(): string }).toString(),
      internal: cell !== undefined || isInternal(script),
    };
  const name = site.getFunctionName();
  const words = placeInWords(place);
  return { text: name ? `${name} (${words})` : words, place, internal: false };
}

/** Without what called the cell, and without internal frames. */
function shortened(frames: readonly Frame[]): readonly Frame[] {
  const last = frames.findLastIndex(({ place }) => place !== undefined);
  const ofCell = last >= 0 ? frames.slice(0, last + 1) : frames;
  return ofCell.filter(({ internal }) => !internal);
}
