import { types } from 'node:util';
import { countText, rounded } from '../../text/numbers.js';
import { aligned, bracketed, fitting, wrapped, type Entry } from './aligned.js';
import { isArray, isObject } from './fields.js';

/** Up to this many entries are shown in full, as NumPy does … */
const SHOWN_IN_FULL = 1_000;
/** … and of more at most this many at either end, in full lines. */
const EDGE = 10;
/** Above this many, no one waits for the least and the largest. */
const SURVEYED = 2e7;
/** A plain array up to this length is left to Node, which shows all digits of its numbers. */
const PLAIN = 100;

type Numbers = ArrayLike<Entry>;

/**
 * Typed arrays, and long plain arrays of nothing but numbers: type, length and numbers with few digits;
 * beyond 1,000 entries both ends, the least, the largest and the mean. Undefined for anything else.
 */
export function arrayText(value: unknown): string | undefined {
  if (isTypedArray(value)) return numbersText(nameOf(value), value);
  if (!isArray(value) || value.length <= PLAIN) return undefined;
  // A hole or a getter would count as no number, and Node shows it as what it is.
  return areNumbers(value) ? numbersText('Array', value) : undefined;
}

/** True for typed arrays, not for `DataView`. */
export function isTypedArray(value: unknown): value is ArrayBufferView & Numbers {
  return isObject(value) && types.isTypedArray(value);
}

/** The same for any array-like of numbers, under a name. */
export function numbersText(name: string, values: Numbers): string {
  const { length } = values;
  const heading = `${name}(${countText(length)})`;
  if (length <= SHOWN_IN_FULL) return `${heading} ${bracketed(aligned(Array.from(values)))}`;
  const head = Array.from({ length: EDGE }, (_, k) => values[k]);
  const tail = Array.from({ length: EDGE }, (_, k) => values[length - EDGE + k]);
  const texts = aligned([...head, ...tail]);
  const across = fitting(texts);
  const edge = Math.min(EDGE, across < 5 ? 2 * across : across);
  const lines = [...wrapped(texts.slice(0, edge)), '  …', ...wrapped(texts.slice(-edge))];
  const survey = length <= SURVEYED ? surveyOf(values) : '';
  return `${heading} [\n${lines.join(',\n').replace('…,', '…')}\n]${survey}`;
}

/** '\nleast −1, largest 1, mean 0.02, 3 NaN' of numbers; nothing of BigInts. */
function surveyOf(values: Numbers): string {
  if (typeof values[0] === 'bigint') return '';
  const numbers = values as ArrayLike<number>;
  let [least, largest, sum, missing] = [Infinity, -Infinity, 0, 0];
  for (let k = 0; k < numbers.length; k++) {
    const value = numbers[k];
    if (value < least) least = value;
    if (value > largest) largest = value;
    if (value === value) sum += value;
    else missing++;
  }
  const present = numbers.length - missing;
  if (present === 0) return '\nall NaN';
  const [a, b, mean] = [least, largest, sum / present].map(shortNumber);
  return `\nleast ${a}, largest ${b}, mean ${mean}${missing > 0 ? `, ${countText(missing)} NaN` : ''}`;
}

function shortNumber(value: number): number {
  return Number.isInteger(value) ? value : rounded(value);
}

function areNumbers(value: readonly unknown[]): value is readonly number[] {
  for (let k = 0; k < value.length; k++) if (typeof value[k] !== 'number') return false;
  return true;
}

const tagOf = Object.getOwnPropertyDescriptor(
  Object.getPrototypeOf(Uint8Array.prototype) as object,
  Symbol.toStringTag,
)!.get!;

/** 'Float64Array' also for a class that extends it, but 'Buffer' for Node's bytes. */
function nameOf(value: object): string {
  return Buffer.isBuffer(value) ? 'Buffer' : (tagOf.call(value) as string);
}
