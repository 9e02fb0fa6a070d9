import type { Json } from './encode.js';

type Node = Readonly<Record<string, Json>>;
type Arrays = ReadonlyMap<string, Float64Array>;

/** What stands for a value that JSON does not hold itself, by the key that tells it. */
const FORMS: Readonly<Record<string, (node: Node, arrays: Arrays) => unknown>> = {
  $number: ({ $number }) => Number($number),
  $array: ({ $array }, arrays) => arrayNamed(arrays, text($array)),
  $numbers: ({ $numbers }, arrays) => Array.from(arrayNamed(arrays, text($numbers))),
  $table: ({ $table, columns, rows }, arrays) =>
    rowsOf(text($table), names(columns), Number(rows), arrays),
  $lists({ $lists, columns }, arrays) {
    const starts = arrayNamed(arrays, `${text($lists)}/starts`);
    const all = rowsOf(`${text($lists)}/rows`, names(columns), starts[starts.length - 1], arrays);
    return Array.from({ length: starts.length - 1 }, (_, k) => all.slice(starts[k], starts[k + 1]));
  },
};

/** The record that `encodeRecord` took apart. Throws a sentence where an array or a form is unknown. */
export function decodeRecord(json: Json, arrays: Arrays): unknown {
  if (typeof json !== 'object' || json === null) return json;
  if (isList(json)) return json.map((item) => decodeRecord(item, arrays));
  const form = Object.keys(json).find((key) => key.startsWith('$'));
  if (form !== undefined) {
    if (!Object.hasOwn(FORMS, form)) {
      throw new Error(`a value has the form '${form}'; known are ${Object.keys(FORMS).join(', ')}`);
    }
    return FORMS[form](json, arrays);
  }
  return Object.fromEntries(
    Object.entries(json).map(([key, member]) => [key, decodeRecord(member, arrays)]),
  );
}

function isList(json: Json): json is readonly Json[] {
  return Array.isArray(json);
}

function rowsOf(
  table: string,
  columns: readonly string[],
  rows: number,
  arrays: Arrays,
): Record<string, number>[] {
  const values = columns.map((column) => arrayNamed(arrays, `${table}/${column}`));
  const short = columns.find((_, k) => values[k].length !== rows);
  if (short !== undefined) throw new Error(`'${table}/${short}' does not have ${rows} numbers`);
  return Array.from({ length: rows }, (_, row) =>
    Object.fromEntries(columns.map((column, k) => [column, values[k][row]])),
  );
}

function arrayNamed(arrays: Arrays, name: string): Float64Array {
  const found = arrays.get(name);
  if (found === undefined) throw new Error(`the array '${name}' is missing`);
  return found;
}

function text(json: Json): string {
  if (typeof json === 'string') return json;
  throw new Error(`an array is named by ${JSON.stringify(json)}; expected a text`);
}

function names(json: Json): readonly string[] {
  if (Array.isArray(json)) return json.map(text);
  throw new Error(`columns are ${JSON.stringify(json)}; expected a list of names`);
}
