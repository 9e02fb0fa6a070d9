import { types } from 'node:util';
import { aligned, type Entry } from './aligned.js';
import { field, isArray, isCount, isObject } from './fields.js';
import { isTypedArray } from './arrays.js';

/** Rows shown of a matrix: all up to this many, else `EDGE` at either end. */
const ROWS = 30;
const EDGE = 5;
/** Columns of text; what does not fit is left out in the middle. */
const WIDTH = 90;
/** Entries of an array of rows that are looked at: a larger one is no matrix. */
const CHECKED = 2e6;

/** A matrix by its entries. */
export interface MatrixView {
  readonly rows: number;
  readonly columns: number;
  at(row: number, column: number): Entry;
}

/**
 * Matrices as aligned rows: ml-matrix's, records of `rows`, `columns` and row-major `data` or `values`,
 * and arrays of at least two equally long arrays of numbers. Undefined for anything else.
 */
export function matrixText(value: unknown): string | undefined {
  const found = recordMatrix(value) ?? arrayMatrix(value);
  if (!found) return undefined;
  const { name, view } = found;
  return [`${name} ${view.rows} × ${view.columns}`, ...matrixLines(view)].join('\n');
}

/** The rows of a matrix, each between brackets; … stands for what is left out. */
export function matrixLines({ rows, columns, at }: MatrixView): string[] {
  if (rows === 0 || columns === 0) return [];
  const shownRows = ends(rows, rows <= ROWS ? rows : EDGE);
  const candidates = ends(columns, columns <= WIDTH / 2 ? columns : WIDTH / 4);
  const entries = (across: readonly number[]) =>
    aligned(shownRows.flatMap((i) => across.map((j) => at(i, j))));
  const fitting = Math.max(2, Math.floor(WIDTH / (entries(candidates)[0].length + 2)));
  const shown = ends(columns, columns <= fitting ? columns : Math.max(1, Math.floor(fitting / 2)));
  const texts = entries(shown).map((text) => text.trim());
  const widths = shown.map((_, j) =>
    shownRows.reduce((most, _row, i) => Math.max(most, texts[i * shown.length + j].length), 0),
  );
  const cut = shown.length < columns ? shown.length / 2 : -1;
  const lines = shownRows.map((_, i) => {
    const row = widths.map((width, j) => texts[i * shown.length + j].padStart(width));
    if (cut >= 0) row.splice(cut, 0, '…');
    return `[ ${row.join('  ')} ]`;
  });
  if (shownRows.length < rows) lines.splice(EDGE, 0, '…');
  return lines;
}

/** The first and the last `edge` of `count` indices; all where that is no fewer. */
function ends(count: number, edge: number): number[] {
  if (2 * edge >= count) return Array.from({ length: count }, (_, k) => k);
  const side = Math.floor(edge);
  const head = Array.from({ length: side }, (_, k) => k);
  return [...head, ...head.map((k) => count - side + k)];
}

interface Named {
  readonly name: string;
  readonly view: MatrixView;
}

/** A record with sizes and numbers: one array, or an array of rows as in ml-matrix. */
function recordMatrix(value: unknown): Named | undefined {
  const [rows, columns] = [field(value, 'rows'), field(value, 'columns')];
  if (!isCount(rows) || !isCount(columns)) return undefined;
  const data = field(value, 'data') ?? field(value, 'values');
  const name = className(value as object);
  if (isTypedArray(data)) {
    if (data.length !== rows * columns) return undefined;
    return { name, view: { rows, columns, at: (i, j) => data[i * columns + j] } };
  }
  const view = rowsView(data);
  return view && view.rows === rows && view.columns === columns ? { name, view } : undefined;
}

function arrayMatrix(value: unknown): Named | undefined {
  if (!isArray(value) || value.length < 2) return undefined;
  const view = rowsView(value);
  return view && view.columns > 0 ? { name: 'Array', view } : undefined;
}

/** An array of rows of numbers, all of one length. */
function rowsView(value: unknown): MatrixView | undefined {
  if (!isArray(value) || value.length === 0) return undefined;
  const first = value[0];
  if (!isRow(first)) return undefined;
  const { length } = first;
  if (value.length * (length + 1) > CHECKED) return undefined;
  for (let i = 0; i < value.length; i++) {
    const row: unknown = value[i];
    if (!isRow(row) || row.length !== length) return undefined;
    if (!isTypedArray(row) && !row.every((entry) => typeof entry === 'number')) return undefined;
  }
  const rows = value as readonly ArrayLike<Entry>[];
  return { rows: rows.length, columns: length, at: (i, j) => rows[i][j] };
}

function isRow(value: unknown): value is unknown[] | (ArrayBufferView & ArrayLike<Entry>) {
  return isArray(value) || isTypedArray(value);
}

/** The name of the class of an object, 'Matrix' for a plain record. */
function className(value: object): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (!isObject(prototype) || types.isProxy(prototype) || prototype === Object.prototype) {
    return 'Matrix';
  }
  const name = field(prototype, 'constructor');
  return typeof name === 'function' && name.name !== '' ? String(name.name) : 'Matrix';
}
