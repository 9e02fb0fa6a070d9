import { inspect, types } from 'node:util';
import { isObject } from './fields.js';

/** Levels of objects within objects that are shown where they are small. */
const DEEPEST = 4;
/** Values printed at most: what is deeper than that allows is left out. */
const MOST_VALUES = 2_000;
/** Entries of one array, map or set. */
const MOST_ENTRIES = 100;
/** Properties of one object that has too many. */
const MOST_PROPERTIES = 100;
const LONGEST_STRING = 10_000;
/** Characters of the whole text. */
const LONGEST_TEXT = 40_000;
/** A BigInt with more bits takes seconds to write out. */
const MOST_BITS = 100_000;

/**
 * A value as Node prints it, of bounded size and in bounded time: deep and large values are shown as
 * far as 2,000 parts of them go. No getter runs. Never throws: what cannot be printed is named by its
 * type, with the reason.
 */
export function inspected(value: unknown): string {
  try {
    if (typeof value === 'bigint' && BigInt.asIntN(MOST_BITS, value) !== value) {
      return `BigInt of more than ${MOST_BITS} bits`;
    }
    const [shown, left] = headOf(value);
    const text = types.isNativeError(value) ? ownFrames(printed(shown)) : printed(shown);
    return shortened(left > 0 ? `${text}\n… and ${left} more properties` : text);
  } catch (error) {
    return `${nameOf(value)} that cannot be printed: ${messageOf(error)}`;
  }
}

/** What an error says, whatever was thrown; never throws itself. */
export function messageOf(error: unknown): string {
  try {
    const text = isObject(error) && 'message' in error ? error.message : error;
    return String(text).slice(0, 500);
  } catch {
    return 'an error without words';
  }
}

/** The beginning of a text that is too long, with the number of characters left out. */
export function shortened(text: string): string {
  if (text.length <= LONGEST_TEXT) return text;
  return `${text.slice(0, LONGEST_TEXT)}\n… and ${text.length - LONGEST_TEXT} more characters`;
}

class TooLarge extends Error {}

function printed(value: unknown): string {
  const depth = fittingDepth(value);
  try {
    return inspect(value, { ...bounded(), depth });
  } catch {
    // A method of the value's own failed, or brought up more than could be foreseen, as a proxy may.
    return inspect(value, { ...bounded(), depth: 0, customInspect: false });
  }
}

/** Options for Node, with a meter: printing stops with an error at the first value too many. */
function bounded(): object {
  let count = 0;
  return {
    colors: false,
    breakLength: 88,
    maxArrayLength: MOST_ENTRIES,
    maxStringLength: LONGEST_STRING,
    // Node calls this for every name and every value that it prints.
    stylize: (text: string) => {
      if (++count > 6 * MOST_VALUES) throw new TooLarge('it has too many parts');
      return text;
    },
  };
}

/** The deepest level down to which the value has at most `MOST_VALUES` parts, 0 … `DEEPEST`. */
function fittingDepth(value: unknown): number {
  let level: unknown[] = [value];
  let count = 1;
  for (let depth = 0; depth <= DEEPEST; depth++) {
    const next: unknown[] = [];
    for (const each of level) {
      count += partsOf(each, next, MOST_VALUES + 1 - count);
      if (count > MOST_VALUES) return Math.max(0, depth - 1);
    }
    level = next;
  }
  return DEEPEST;
}

/** Adds the parts of a value that are objects to `into`; gives the number of all its parts. */
function partsOf(value: unknown, into: unknown[], most: number): number {
  if (!isObject(value) || types.isProxy(value)) return 0;
  const add = (part: unknown) => void (isObject(part) && into.push(part));
  if (types.isTypedArray(value)) return Math.min(value.length, MOST_ENTRIES);
  if (Array.isArray(value)) {
    const { length } = value;
    const shown = Math.min(length, MOST_ENTRIES, most);
    for (let k = 0; k < shown; k++) add(Object.getOwnPropertyDescriptor(value, k)?.value);
    return shown;
  }
  let count = 0;
  if (types.isMap(value) || types.isSet(value)) {
    const entries = types.isMap(value)
      ? Map.prototype.entries.call(value)
      : Set.prototype.entries.call(value);
    for (const [key, part] of entries as Iterable<[unknown, unknown]>) {
      add(key);
      add(part);
      count += 2;
      if (count >= Math.min(2 * MOST_ENTRIES, most)) break;
    }
  }
  const names = Object.keys(value);
  for (const name of names.slice(0, most)) {
    add(Object.getOwnPropertyDescriptor(value, name)?.value);
  }
  return count + names.length;
}

/** An object of too many properties cut down to its first ones, and how many were left out. */
function headOf(value: unknown): [unknown, number] {
  if (!isObject(value) || types.isProxy(value) || Array.isArray(value)) return [value, 0];
  if (types.isTypedArray(value) || types.isNativeError(value)) return [value, 0];
  const names = Object.keys(value);
  if (names.length <= MOST_VALUES / 2) return [value, 0];
  const head = Object.create(Object.getPrototypeOf(value) as object | null) as object;
  for (const name of names.slice(0, MOST_PROPERTIES)) {
    Object.defineProperty(head, name, Object.getOwnPropertyDescriptor(value, name)!);
  }
  return [head, names.length - MOST_PROPERTIES];
}

/** The stack of an error without the lines of Node and of the kernel. */
function ownFrames(text: string): string {
  const foreign = /^\s+at .*(node:|[\\/]tslab[\\/]|[\\/]dist[\\/]kernel[\\/])/;
  const kept: string[] = [];
  for (const line of text.split('\n')) {
    if (!foreign.test(line)) kept.push(line);
    // The error's own properties follow in braces, which open at the end of its last frame.
    else if (line.endsWith(' {') && kept.length > 0) kept[kept.length - 1] += ' {';
  }
  return kept.join('\n');
}

function nameOf(value: unknown): string {
  try {
    return Object.prototype.toString.call(value);
  } catch {
    return typeof value;
  }
}
