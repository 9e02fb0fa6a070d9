import { csvParseRows } from 'd3-dsv';
import { labelOfClass, makeDataset, type Dataset } from './dataset.js';

/** Which columns of a table are inputs and labels, and what the data set is called. */
export interface CsvOptions {
  /** Name of the column that holds the labels. Default: the last column. */
  readonly label?: string;
  /** Names of the input columns; others are passed over. Default: all but the label. */
  readonly columns?: readonly string[];
  /** Name of the data set. Default: the file's name. */
  readonly name?: string;
}

/** A data set read from a table, and what its numbers stood for in the table. */
export interface CsvDataset {
  readonly dataset: Dataset;
  /** Names of the input columns, in the order of the coordinates. */
  readonly columns: readonly string[];
  readonly labelColumn: string;
  /** Which text in the label column became which label. */
  readonly labelMapping: readonly { readonly text: string; readonly label: number }[];
  /** The line of the file on which each example starts, counted from 1. */
  readonly lines: readonly number[];
}

interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

interface Header {
  readonly names: readonly string[];
  readonly labelIndex: number;
  /** Where the inputs are, in the order of the coordinates. */
  readonly inputIndices: readonly number[];
}

/**
 * Reads a table with a header line: one label column, all others (or those wanted) numbers (decimal,
 * finite).
 *
 * Labels: the distinct texts are sorted, as numbers when all are numbers (−1 before 1, 0 before 1),
 * otherwise by code point. Two of them become −1 and +1; k > 2 become 0..k−1. `labelMapping` and the
 * data set's `source` record it. Empty lines are skipped.
 *
 * Throws an Error of one sentence that begins with the file, the line (counted from 1) and the
 * column: not a number, an empty label, a row of the wrong length, a missing, empty or repeated
 * column name, a label column that is not there, no rows, one class only, labels like 0.37.
 */
export function datasetFromCsv(text: string, file: string, options: CsvOptions = {}): CsvDataset {
  const [first, ...rows] = linesOf(text);
  if (first === undefined) throw new Error(`${file}: expected a header line, found an empty file.`);
  const header = readHeader(first, file, options);
  if (rows.length === 0) throw new Error(`${file}: expected rows after the header, found none.`);
  const { names, labelIndex, inputIndices } = header;
  const dimension = inputIndices.length;
  const inputs = new Float64Array(rows.length * dimension);
  const texts: string[] = [];
  rows.forEach((row, i) => {
    requireLength(row, names.length, file);
    const where = (column: number) => `${file}, line ${row.line}, column '${names[column]}'`;
    texts.push(readLabel(row.cells[labelIndex], where(labelIndex)));
    inputIndices.forEach((column, j) => {
      inputs[i * dimension + j] = readNumber(row.cells[column], where(column));
    });
  });
  const labelColumn = names[labelIndex];
  const labelMapping = mapLabels(texts, `${file}, column '${labelColumn}'`);
  const labelOf = new Map(labelMapping.map(({ text, label }) => [text, label]));
  const words = labelMapping.map(({ text, label }) => `'${text}' as ${label}`).join(', ');
  const dataset = makeDataset({
    name: options.name ?? file,
    source: `${file}, labels from column '${labelColumn}': ${words}`,
    dimension,
    classes: labelMapping.length,
    inputs,
    labels: Float64Array.from(texts, (text) => labelOf.get(text)!),
  });
  const columns = inputIndices.map((column) => names[column]);
  const lines = rows.map(({ line }) => line);
  return { dataset, columns, labelColumn, labelMapping, lines };
}

/** The rows that are not empty, each with the line it starts on; quoted cells may hold line breaks. */
function linesOf(text: string): Row[] {
  const rows: Row[] = [];
  let line = 1;
  for (const cells of csvParseRows(text.replace(/^\uFEFF/, ''))) {
    if (cells.some((cell) => cell.trim() !== '')) rows.push({ line, cells });
    line +=
      1 + cells.reduce((breaks, cell) => breaks + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 0);
  }
  return rows;
}

function readHeader(row: Row, file: string, { label, columns }: CsvOptions): Header {
  const names = row.cells.map((cell) => cell.trim());
  const where = `${file}, line ${row.line}`;
  if (names.length < 2) {
    throw new Error(
      `${where}: expected at least one input column and a label column, separated by commas.`,
    );
  }
  if (names.every((name) => DECIMAL.test(name))) {
    throw new Error(`${where}: expected the names of the columns, found numbers only.`);
  }
  names.forEach((name, column) => {
    if (name === '') throw new Error(`${where}: expected a name for column ${column + 1}.`);
    if (names.indexOf(name) < column) {
      throw new Error(`${where}: expected different column names, found '${name}' twice.`);
    }
  });
  const place = (name: string, what: string) => {
    const index = names.indexOf(name);
    if (index >= 0) return index;
    const list = names.map((known) => `'${known}'`).join(', ');
    throw new Error(`${where}: expected ${what} '${name}', found ${list}.`);
  };
  const labelIndex = label === undefined ? names.length - 1 : place(label, 'a label column');
  const inputIndices = columns
    ? columns.map((name) => place(name, 'a column'))
    : [...names.keys()].filter((column) => column !== labelIndex);
  if (inputIndices.includes(labelIndex)) {
    throw new Error(
      `${where}: expected inputs beside the label, found '${names[labelIndex]}' for both.`,
    );
  }
  return { names, labelIndex, inputIndices };
}

function requireLength(row: Row, length: number, file: string): void {
  if (row.cells.length !== length) {
    throw new Error(
      `${file}, line ${row.line}: expected ${length} cells, found ${row.cells.length}.`,
    );
  }
}

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

function readNumber(cell: string, where: string): number {
  const text = cell.trim();
  const value = Number(text);
  if (!DECIMAL.test(text) || !Number.isFinite(value)) {
    const found = text === '' ? 'an empty cell' : `'${text}'`;
    throw new Error(`${where}: expected a number, found ${found}.`);
  }
  return value;
}

function readLabel(cell: string, where: string): string {
  const text = cell.trim();
  if (text === '') throw new Error(`${where}: expected a label, found an empty cell.`);
  if (!DECIMAL.test(text)) return text;
  // 1, 1.0 and +1 are one class; 0.37 is a measurement, most likely in the wrong column.
  const value = Number(text);
  if (!Number.isInteger(value)) {
    throw new Error(`${where}: expected a label (a whole number or a word), found '${text}'.`);
  }
  return String(value === 0 ? 0 : value);
}

function mapLabels(texts: readonly string[], where: string): { text: string; label: number }[] {
  const distinct = [...new Set(texts)];
  if (distinct.length < 2) {
    throw new Error(
      `${where}: expected at least two different labels, found '${distinct[0]}' only.`,
    );
  }
  const numeric = distinct.every((text) => DECIMAL.test(text));
  distinct.sort(numeric ? (a, b) => Number(a) - Number(b) : byCodePoint);
  return distinct.map((text, k) => ({ text, label: labelOfClass(k, distinct.length) }));
}

/** Unlike localeCompare, the same on every machine. */
function byCodePoint(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
