import { readText } from '../files/read.js';
import { jsonFault } from './json-position.js';

export { readText };

/** The content of a JSON file. Throws one sentence that names the file, and the line and column. */
export function readJson(path: string, name: string): unknown {
  return parseJson(readText(path), name);
}

/** The same for the text of a file called `name`. */
export function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep(name, error);
    throw new Error(`${name}: not valid JSON${faultText(text, name)}.`, { cause: error });
  }
}

function faultText(text: string, name: string): string {
  try {
    const fault = jsonFault(text);
    return fault ? ` at line ${fault.line}, column ${fault.column}: found ${fault.found}` : '';
  } catch (error) {
    // Node's own parser keeps no stack of what is open, the one that knows places does.
    throw error instanceof RangeError ? tooDeep(name, error) : error;
  }
}

/** For JSON whose lists within lists are more than the program's own stack can follow. */
export function tooDeep(name: string, cause: unknown): Error {
  return new Error(`${name}: its lists within lists go too deep to be read.`, { cause });
}

export type JsonPath = readonly PropertyKey[];

/** 'labels[3]'. */
export function placeText(path: JsonPath): string {
  return path.reduce<string>(
    (place, key) =>
      typeof key === 'number' ? `${place}[${key}]` : `${place}${place ? '.' : ''}${String(key)}`,
    '',
  );
}

/** 'problem.json: labels[3] is 2; expected +1 or -1.' */
export function faultIn(name: string, path: JsonPath, value: unknown, expected: string): string {
  const found = value === undefined ? 'is missing' : `is ${shown(value)}`;
  return `${name}: ${placeText(path) || 'the file'} ${found}; expected ${expected}.`;
}

/** What stands at a place; undefined where there is nothing. */
export function valueAt(raw: unknown, path: JsonPath): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null
        ? (value as Record<PropertyKey, unknown>)[key]
        : undefined,
    raw,
  );
}

function shown(value: unknown): string {
  // The number that a text such as 1e999 stands for.
  if (typeof value === 'number') return String(value);
  const text = JSON.stringify(value);
  return text.length <= 60 ? text : `${text.slice(0, 57)}…`;
}
