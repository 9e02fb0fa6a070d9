import { inspect } from 'node:util';
import type { Failure } from '../session-messages.js';
import { excerpt, placeInWords, type Place } from './cell-code.js';
import type { Diagnostic } from './compile/diagnostic.js';
import { withIntrinsics } from './intrinsics.js';
import { placesOf } from './stack-traces.js';

const red = (text: string) => `\x1b[31m${text}\x1b[39m`;
const green = (text: string) => `\x1b[32m${text}\x1b[39m`;

/** Thrown in place of running a cell that does not compile. */
export class CompileFailure extends Error {
  constructor(readonly failure: Failure) {
    super(failure.evalue);
  }
}

/** What a thrown value looks like below its cell. */
export function failureOf(thrown: unknown): Failure {
  try {
    return withIntrinsics(() => shortened(described(thrown)));
  } catch {
    // Its own properties throw.
    const evalue = 'An error was thrown that cannot be printed.';
    return { ename: 'Error', evalue, traceback: [evalue] };
  }
}

/** Characters of a message, and lines of a trace, that are shown at most. */
const MOST = { characters: 50_000, lines: 100 };

function shortened({ ename, evalue, traceback }: Failure): Failure {
  const cut = (text: string) =>
    text.length > MOST.characters ? `${text.slice(0, MOST.characters)}…` : text;
  const shown = traceback.slice(0, MOST.lines).map(cut);
  return { ename: cut(ename), evalue: cut(evalue), traceback: shown };
}

function described(thrown: unknown): Failure {
  if (thrown instanceof CompileFailure) return thrown.failure;
  if (!isError(thrown)) {
    const evalue = brief(thrown);
    const said = `${red('Error')}: a value that is no Error was thrown: ${evalue}`;
    return { ename: 'Error', evalue, traceback: [said] };
  }
  const ename = nameOf(thrown);
  const evalue = String(thrown.message);
  const traceback = [`${red(ename)}: ${evalue}`, ...placesShown(thrown), ...trace(thrown)];
  return { ename, evalue, traceback: [...traceback, ...inner(thrown, new Set([thrown]))] };
}

/** Errors of other realms, such as a vm context, count. */
function isError(value: unknown): value is Error {
  if (value instanceof Error) return true;
  return Object.prototype.toString.call(value) === '[object Error]';
}

function nameOf(error: Error): string {
  const name: unknown = error.name;
  return typeof name === 'string' && name !== '' ? name : 'Error';
}

function brief(value: unknown): string {
  try {
    return typeof value === 'string' ? value : inspect(value, { maxStringLength: 1000 });
  } catch {
    return 'something that cannot be printed';
  }
}

/** The code where it was thrown, and where the cell that ran called it. */
function placesShown(error: Error): string[] {
  const places = placesOf(error);
  const chosen = [places[0], places.at(-1)].filter(
    (place, k, all) => place && (k === 0 || !isSame(place, all[0])),
  ) as Place[];
  return chosen.map((place) => `${green(placeInWords(place))}\n${excerpt(place)}`);
}

const isSame = (a: Place | undefined, b: Place | undefined) =>
  a?.cell === b?.cell && a?.line === b?.line;

/** The stack without its first line, which the message is on already. */
function trace(error: Error): string[] {
  const lines = String(error.stack ?? '').split('\n');
  const first = lines.findIndex((line) => /^\s+at /.test(line));
  return first < 0 ? [] : [lines.slice(first).join('\n')];
}

/** The causes of an error, and the errors it stands for. */
function inner(error: Error, seen: Set<unknown>): string[] {
  const { cause, errors } = error as Error & { errors?: unknown };
  const all = [
    ...(cause === undefined ? [] : [['Caused by', cause] as const]),
    ...(Array.isArray(errors) ? errors.map((each: unknown) => ['One of', each] as const) : []),
  ];
  return all.flatMap(([how, each]) => {
    if (seen.has(each)) return [];
    seen.add(each);
    if (!isError(each)) return [`${how}: ${brief(each)}`];
    const head = `${how} ${red(nameOf(each))}: ${each.message}`;
    return [head, ...placesShown(each), ...trace(each), ...inner(each, seen)];
  });
}

/** Diagnostics below this number are about syntax. */
const TYPES_FROM = 2000;

/** What a cell that does not compile looks like: every diagnostic with its place. */
export function compileFailure(
  cell: number,
  label: string,
  diagnostics: readonly Diagnostic[],
): CompileFailure {
  return withIntrinsics(() => mistakes(cell, label, diagnostics));
}

function mistakes(cell: number, label: string, diagnostics: readonly Diagnostic[]): CompileFailure {
  // A long message comes as several diagnostics at one place, the later ones explaining the first.
  const groups = grouped(diagnostics);
  const isSyntax = diagnostics.some(({ code }) => code < TYPES_FROM);
  const ename = isSyntax ? 'SyntaxError' : 'TypeCheckError';
  const more = groups.length > 1 ? ` (and ${groups.length - 1} more)` : '';
  const evalue = `${groups[0][0].messageText}${more}`;
  const traceback = groups.map(([first, ...rest]) => {
    const place = { cell, line: first.start.line + 1, column: first.start.character + 1 };
    const where = first.fileName
      ? `${first.fileName}, line ${place.line}, column ${place.column}`
      : `Cell [${label}], line ${place.line}, column ${place.column}`;
    const message = [`${first.messageText} (TS${first.code})`, ...rest.map(indented)].join('\n');
    const code = first.fileName ? '' : `\n${excerpt(place, first.end.offset - first.start.offset)}`;
    return `${red(ename)}: ${message}\n${green(where)}${code}`;
  });
  return new CompileFailure({ ename, evalue, traceback });
}

const indented = ({ messageText }: Diagnostic) => `  ${messageText}`;

function grouped(diagnostics: readonly Diagnostic[]): Diagnostic[][] {
  const groups: Diagnostic[][] = [];
  for (const each of diagnostics) {
    const last = groups.at(-1)?.[0];
    const belongs =
      last !== undefined &&
      last.start.offset === each.start.offset &&
      last.end.offset === each.end.offset &&
      // Only what explains a message comes without its file.
      (last.fileName === each.fileName || each.fileName === undefined);
    if (belongs) groups.at(-1)!.push(each);
    else groups.push([each]);
  }
  return groups;
}
