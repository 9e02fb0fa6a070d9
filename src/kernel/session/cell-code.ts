import { SourceMap } from 'node:module';
import { join } from 'node:path';

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
  map?: string;
  parsed?: SourceMap;
}

/** Cells by number. A function may be called, and fail, long after its cell has run. */
const cells = new Map<number, CellCode>();

/** The name of a cell's script, which lies beside the notebook: what it imports is looked for from there. */
export const scriptName = (folder: string, cell: number): string =>
  join(folder, `afterfit-cell-${cell}.js`);
const NAME = /afterfit-cell-(\d+)\.js$/;

/** Remembers a cell that is about to be compiled. */
export function rememberCell(cell: number, label: string, source: string): void {
  cells.set(cell, { label, source });
}

/** Remembers how a cell was compiled: a source map as JSON. */
export function rememberMap(cell: number, map: string): void {
  cells.get(cell)!.map = map;
}

/** The cell with that script name, if it is one. */
export function cellNamed(script: string | null | undefined): number | undefined {
  const found = script ? NAME.exec(script) : null;
  return found ? Number(found[1]) : undefined;
}

/** Where in the cell's own text a place of its compiled code is (both counted from 1). */
export function placeInCell(cell: number, line: number, column: number): Place | undefined {
  const code = cells.get(cell);
  if (code?.map === undefined) return undefined;
  code.parsed ??= new SourceMap(JSON.parse(code.map) as never);
  const entry = code.parsed.findEntry(line - 1, column - 1);
  if (!('originalLine' in entry)) return undefined;
  // Below the cell's own text is what makes it a module.
  const { originalLine, originalColumn } = entry;
  if (originalLine >= code.source.split('\n').length) return undefined;
  return { cell, line: originalLine + 1, column: originalColumn + 1 };
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
