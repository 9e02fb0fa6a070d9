import { SourceMap } from 'node:module';

/** A place in a cell: line and column counted from 1. */
export interface Place {
  readonly cell: number;
  readonly line: number;
  readonly column: number;
}

interface CellCode {
  /** What the cell is called: its execution count. */
  readonly label: string;
  readonly source: string;
  compiled?: Compiled;
}

interface Compiled {
  /** Characters that the executor puts before the first line of the code. */
  readonly before: number;
  readonly lines: number;
  readonly maps: readonly [string, string];
  parsed?: readonly SourceMap[];
}

/** Cells by number. A function may be called, and fail, long after its cell has run. */
const cells = new Map<number, CellCode>();

/** The name by which stack traces call the code of a cell. */
const nameOf = (cell: number) => `afterfit-cell-${cell}.js`;
const NAME = /afterfit-cell-(\d+)\.js$/;

/** Remembers a cell that is about to be compiled. */
export function rememberCell(cell: number, label: string, source: string): void {
  cells.set(cell, { label, source });
}

/** Remembers how a cell was compiled, and returns its code with the mark that gives it its name. */
export function nameCode(
  cell: number,
  output: string,
  maps: readonly [string, string],
  hasAwait: boolean,
): string {
  // As tslab's executor wraps it.
  const before = `(${hasAwait ? 'async ' : ''}function(exports, require) { `.length;
  const lines = output.split('\n').length;
  cells.get(cell)!.compiled = { before, lines, maps };
  return `${output}\n//# sourceURL=${nameOf(cell)}`;
}

/** The cell with that script name, if it is one. */
export function cellNamed(script: string | null | undefined): number | undefined {
  const found = script ? NAME.exec(script) : null;
  return found ? Number(found[1]) : undefined;
}

/** Where in the cell's own text a place of its compiled code is (both counted from 1). */
export function placeInCell(cell: number, line: number, column: number): Place | undefined {
  const code = cells.get(cell)?.compiled;
  // Below the code is the call of the function that the executor puts around it.
  if (!code || line > code.lines) return undefined;
  code.parsed ??= code.maps.map((map) => new SourceMap(JSON.parse(map) as never));
  let at = { line: line - 1, column: column - 1 - (line === 1 ? code.before : 0) };
  for (const map of code.parsed) {
    const entry = map.findEntry(at.line, at.column);
    if (!('originalLine' in entry)) return undefined;
    at = { line: entry.originalLine, column: entry.originalColumn };
  }
  // tslab puts one line of its own before the cell's text.
  return { cell, line: at.line, column: at.column + 1 };
}

/** 'Cell [3], line 2, column 5'. */
export function placeInWords({ cell, line, column }: Place): string {
  return `Cell [${cells.get(cell)?.label ?? '?'}], line ${line}, column ${column}`;
}

/** Lines shown around the one in question. */
const AROUND = 2;

/** The lines around a place, with an arrow at the line and a mark below the column. */
export function excerpt({ cell, line, column }: Place, length = 1): string {
  const lines = (cells.get(cell)?.source ?? '').split('\n');
  const first = Math.max(1, line - AROUND);
  const shown = lines.slice(first - 1, line + AROUND);
  const width = String(first + shown.length - 1).length;
  return shown
    .flatMap((text, k) => {
      const number = first + k;
      const head = `${number === line ? '-->' : '   '} ${String(number).padStart(width)} | `;
      const row = head + text;
      if (number !== line) return [row];
      const indent = text.slice(0, column - 1).replace(/[^\t]/g, ' ');
      const rest = Math.max(1, text.length - column + 1);
      const marks = '^'.repeat(Math.max(1, Math.min(length, rest)));
      return [row, `${' '.repeat(head.length)}${indent}${marks}`];
    })
    .join('\n');
}
