import { cellNamed, placeInCell, placeInWords, type Place } from './cell-code.js';
import type { InterruptedFrame } from './interrupts.js';
import { placeBeside } from './modules/loader.js';
import { isKernels, isNodes } from './script-origin.js';

/** Frames that tell a reader of the cell nothing. */
const isInternal = (script: string) =>
  isNodes(script) || isKernels(script) || script.startsWith('evalmachine.');

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
  Error.prepareStackTrace = (error, sites) => stackOf(error, sites.map(siteFrame));
}

/** Gives an error the stack of the code that it tells of, in place of where it was made. */
export function placeInStack(error: Error, cut: readonly InterruptedFrame[]): void {
  const frames = cut.map(({ script, name, line, column }) =>
    frameIn(script, name, line + 1, column + 1, () => {
      const where = `${script}:${line + 1}:${column + 1}`;
      return name ? `${name} (${where})` : where;
    }),
  );
  // Read once: until then the stack is made anew from where the error was.
  void error.stack;
  error.stack = stackOf(error, frames);
}

/** The text of a stack; the places in it are remembered for the error. */
function stackOf(error: Error, all: readonly Frame[]): string {
  const frames = shortened(all);
  places.set(
    error,
    frames.flatMap(({ place }) => place ?? []),
  );
  return [headline(error), ...frames.map(({ text }) => `    at ${text}`)].join('\n');
}

function headline(error: Error): string {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return 'Error';
  }
}

function siteFrame(site: NodeJS.CallSite): Frame {
  const script = site.getScriptNameOrSourceURL?.() ?? site.getFileName() ?? '';
  const [line, column] = [site.getLineNumber() ?? 0, site.getColumnNumber() ?? 1];
  return frameIn(script, site.getFunctionName(), line, column, () =>
    (site as { toString(): string }).toString(),
  );
}

/** A call by its place in a cell, or as `elsewhere` says. Line and column from 1, line 0 if unknown. */
function frameIn(
  script: string,
  name: string | null,
  line: number,
  column: number,
  elsewhere: () => string,
): Frame {
  const cell = cellNamed(script);
  const place = cell === undefined || line === 0 ? undefined : placeInCell(cell, line, column);
  // What is in a cell's script and not in the cell is what the executor puts around it.
  if (!place) {
    const beside = placeBeside(script, line, column);
    if (beside !== undefined) {
      return { text: name ? `${name} (${beside})` : beside, internal: false };
    }
    return { text: elsewhere(), internal: cell !== undefined || isInternal(script) };
  }
  const words = placeInWords(place);
  return { text: name ? `${name} (${words})` : words, place, internal: false };
}

/** Without what called the cell, and without internal frames. */
function shortened(frames: readonly Frame[]): readonly Frame[] {
  const last = frames.findLastIndex(({ place }) => place !== undefined);
  const ofCell = last >= 0 ? frames.slice(0, last + 1) : frames;
  return ofCell.filter(({ internal }) => !internal);
}
