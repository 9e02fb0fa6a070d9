import { placeText, type JsonPath } from './faults.js';

/**
 * A value as JSON text with the keys of every object in order, so that equal values have equal texts.
 * Keys with `undefined` are left out, as JSON does. Throws one sentence that names the place where there
 * is something that JSON has no word for.
 */
export function sortedJson(value: unknown): string {
  return write(value, []);
}

function write(value: unknown, path: JsonPath): string {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') {
    return JSON.stringify(value);
  }
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) {
    return `[${value.map((item, k) => write(item, [...path, k])).join(',')}]`;
  }
  if (typeof value !== 'object' || !isPlain(value)) return refuse(value, path);
  const items = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, item]) => `${JSON.stringify(key)}:${write(item, [...path, key])}`);
  return `{${items.join(',')}}`;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function refuse(value: unknown, path: JsonPath): never {
  const found =
    typeof value === 'number'
      ? String(value)
      : typeof value === 'object'
        ? `a ${value!.constructor.name}`
        : typeof value === 'undefined'
          ? 'undefined'
          : `a ${typeof value}`;
  throw new Error(
    `${placeText(path) || 'the value'} is ${found}; expected what JSON can hold: finite numbers, texts, true, false, null, lists and plain objects.`,
  );
}
