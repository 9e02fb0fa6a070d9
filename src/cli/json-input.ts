import { readFileSync } from 'node:fs';
import { codeOf } from './files.js';
import { jsonFault } from './flow/json-position.js';

/** The text of a file, without a byte order mark; throws one sentence where it cannot be read. */
export function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    const code = codeOf(error);
    const reason = code === 'ENOENT' ? 'no such file' : `cannot be read (${code})`;
    throw new Error(`${path}: ${reason}.`, { cause: error });
  }
}

/** The value of a JSON text; throws one sentence that names the file and the place of the fault. */
export function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const fault = jsonFault(text);
    const place = fault && ` at line ${fault.line}, column ${fault.column}: found ${fault.found}`;
    throw new Error(`${name}: not valid JSON${place ?? ''}.`, { cause: error });
  }
}

type Path = readonly PropertyKey[];

/** A place in words of JSON: 'phases[0].batch'. */
export function placeText(path: Path): string {
  return path.reduce<string>(
    (place, key) =>
      typeof key === 'number' ? `${place}[${key}]` : `${place}${place ? '.' : ''}${String(key)}`,
    '',
  );
}

/** 'problem.json: labels[3] is 2; expected +1 or -1.' */
export function faultIn(name: string, path: Path, value: unknown, expected: string): string {
  const found = value === undefined ? 'is missing' : `is ${shown(value)}`;
  return `${name}: ${placeText(path) || 'the file'} ${found}; expected ${expected}.`;
}

function shown(value: unknown): string {
  // The number that a text such as 1e999 stands for.
  if (typeof value === 'number') return String(value);
  const text = JSON.stringify(value);
  return text.length <= 60 ? text : `${text.slice(0, 57)}…`;
}

/** What stands in a place; undefined where nothing does. */
export function valueAt(raw: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null
        ? (value as Record<PropertyKey, unknown>)[key]
        : undefined,
    raw,
  );
}
