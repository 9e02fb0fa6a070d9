import { types } from 'node:util';

/**
 * The value of a field of an object's own; undefined where there is none, where it is computed by a
 * getter, and for a proxy, so that no code of the value's own runs.
 */
export function field(value: unknown, name: PropertyKey): unknown {
  if (!isObject(value) || types.isProxy(value)) return undefined;
  return Object.getOwnPropertyDescriptor(value, name)?.value;
}

/** True for objects, not for functions. */
export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** True where all the fields named are there and pass their tests. */
export function hasFields(
  value: unknown,
  tests: Readonly<Record<string, (field: unknown) => boolean>>,
): boolean {
  return (
    isObject(value) && Object.entries(tests).every(([name, passes]) => passes(field(value, name)))
  );
}

export function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** True for 0, 1, 2, … */
export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

export function isFloat64(value: unknown): value is Float64Array {
  return value instanceof Float64Array && !types.isProxy(value);
}

/** An array, not a proxy of one. */
export function isArray(value: unknown): value is unknown[] {
  return isObject(value) && !types.isProxy(value) && Array.isArray(value);
}
