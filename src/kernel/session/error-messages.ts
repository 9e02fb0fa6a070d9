import { inspect, type InspectOptions } from 'node:util';
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
  const traceback = [`${red(ename)}: ${evalue}`, ...rest(thrown, new Set([thrown]))];
  return { ename, evalue, traceback };
}

/** What is told of an error below its name and message. */
function rest(error: Error, seen: Set<unknown>): string[] {
  return [...placesShown(error), ...trace(error), ...details(error), ...inner(error, seen)];
}

/** Errors of other realms, such as a vm context, count. */
function isError(value: unknown): value is Error {
  if (value instanceof Error) return true;
  return Object.prototype.toString.call(value) === '[object Error]';
}

/** Its name; that of its class where it has kept the one that all errors have. */
function nameOf(error: Error): string {
  const { name, constructor } = error as { name: unknown; constructor: unknown };
  if (typeof name !== 'string' || name === '') return 'Error';
  const ofClass = typeof constructor === 'function' ? constructor.name : '';
  return name === 'Error' && ofClass !== '' ? ofClass : name;
}

/** What is told of already, or by the kernel's own words. */
const TOLD = new Set(['name', 'message', 'stack', 'cause', 'errors']);

/** The values that an error carries besides, such as a code. */
function details(error: Error): string[] {
  const names = Object.keys(error).filter((name) => !TOLD.has(name));
  if (names.length === 0) return [];
  // Not read from the error: they may be functions that throw.
  const each = names.map((name) => [name, Object.getOwnPropertyDescriptor(error, name)!] as const);
  return [brief(Object.defineProperties({}, Object.fromEntries(each)), OF_DETAILS)];
}

/** As far as such values are told. */
const OF_DETAILS: InspectOptions = { depth: 4, maxArrayLength: 20, maxStringLength: 200 };

function brief(value: unknown, options: InspectOptions = { maxStringLength: 1000 }): string {
  try {
    return typeof value === 'string' ? value : inspect(value, options);
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
    return [head, ...rest(each, seen)];
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
