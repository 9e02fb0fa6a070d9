/**
 * Records as JSON and arrays. JSON holds what is short; whatever is long becomes an array in a .npz file,
 * named by its path in the record, so that NumPy and pandas open it: a Float64Array, a long list of numbers,
 * a list of rows of numbers (one array for each column), a list of such lists (the columns of all of them
 * after one another, and where each begins).
 */

/** What JSON.stringify takes as it is. */
export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A record as it is written: what is short as JSON, what is long as arrays. */
export interface EncodedRecord {
  readonly json: Json;
  /** By name, in the order in which the record holds them. */
  readonly arrays: ReadonlyMap<string, Float64Array>;
}

/** From this many numbers on a list becomes an array. */
const LONG = 16;
/** From this many rows on a list of rows of numbers becomes columns. */
const MANY_ROWS = 4;

type Plain = Readonly<Record<string, unknown>>;

/**
 * The record as JSON and arrays; the same record gives the same of both. A property that is undefined is left
 * out. Throws a sentence, with the place, for anything that is not plain data.
 */
export function encodeRecord(record: object): EncodedRecord {
  const arrays = new Map<string, Float64Array>();
  return { json: encode(record, [], arrays), arrays };
}

function encode(value: unknown, path: readonly string[], arrays: Map<string, Float64Array>): Json {
  const keep = (array: Float64Array, ...below: string[]) => {
    arrays.set([...path, ...below].join('/'), array);
  };
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
  if (typeof value === 'number') return encodeNumber(value);
  if (value instanceof Float64Array) {
    keep(value);
    return { $array: path.join('/') };
  }
  if (Array.isArray(value)) return encodeList(value, path, arrays, keep);
  if (isPlain(value)) {
    const entries = Object.entries(value).filter(([, member]) => member !== undefined);
    requireNames(
      entries.map(([key]) => key),
      path,
    );
    return Object.fromEntries(
      entries.map(([key, member]) => [key, encode(member, [...path, key], arrays)]),
    );
  }
  throw new Error(`${placeOf(path)} is ${nameOf(value)}; expected plain data.`);
}

function encodeList(
  list: readonly unknown[],
  path: readonly string[],
  arrays: Map<string, Float64Array>,
  keep: (array: Float64Array, ...below: string[]) => void,
): Json {
  if (list.length >= LONG && list.every((item) => typeof item === 'number')) {
    keep(Float64Array.from(list));
    return { $numbers: path.join('/') };
  }
  const columns = list.length >= MANY_ROWS ? columnsOf(list) : undefined;
  if (columns) {
    requireNames(columns, path);
    for (const column of columns) keep(columnOf(list as readonly Plain[], column), column);
    return { $table: path.join('/'), columns, rows: list.length };
  }
  if (list.length >= LONG && list.every((item): item is unknown[] => Array.isArray(item))) {
    const rows = list.flat();
    const shared = columnsOf(rows);
    if (shared) {
      requireNames(shared, path);
      const starts = new Float64Array(list.length + 1);
      list.forEach((item, k) => (starts[k + 1] = starts[k] + item.length));
      keep(starts, 'starts');
      for (const column of shared) keep(columnOf(rows as Plain[], column), 'rows', column);
      return { $lists: path.join('/'), columns: shared };
    }
  }
  return list.map((item, k) => encode(item, [...path, String(k)], arrays));
}

/** The names of columns, where every item is a row with the same ones, all of them numbers. */
function columnsOf(items: readonly unknown[]): string[] | undefined {
  if (items.length === 0 || !isPlain(items[0])) return undefined;
  const names = Object.keys(items[0]);
  const key = names.join('/');
  const alike = (item: unknown) =>
    isPlain(item) &&
    Object.keys(item).join('/') === key &&
    names.every((name) => typeof item[name] === 'number');
  return names.length > 0 && items.every(alike) ? names : undefined;
}

function columnOf(rows: readonly Plain[], name: string): Float64Array {
  return Float64Array.from(rows, (row) => row[name] as number);
}

/** Throws a sentence for a name that would be read as a form or as a place. */
function requireNames(names: readonly string[], path: readonly string[]): void {
  const odd = names.find((name) => name.startsWith('$') || name.includes('/'));
  if (odd !== undefined) {
    throw new Error(`${placeOf([...path, odd])} is a name that a record cannot hold.`);
  }
}

/** JSON knows neither the numbers that are not finite nor −0. */
function encodeNumber(value: number): Json {
  const known = Number.isFinite(value) && !Object.is(value, -0);
  return known ? value : { $number: Object.is(value, -0) ? '-0' : String(value) };
}

/** An object without a class of its own. */
function isPlain(value: unknown): value is Plain {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function placeOf(path: readonly string[]): string {
  return path.length === 0 ? 'The record' : `The record’s ${path.join('.')}`;
}

function nameOf(value: unknown): string {
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'object') return `a ${value?.constructor?.name ?? 'value of its own class'}`;
  return typeof value === 'undefined' ? 'undefined' : `a ${typeof value}`;
}
