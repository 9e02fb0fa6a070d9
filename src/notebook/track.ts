import { startMeter, type Meter } from './meter.js';
import type { ProgressPlace } from './progress-output.js';

export interface ProgressBarOptions extends ProgressPlace {
  /** Milliseconds, for tests. */
  readonly clock?: () => number;
}

export interface TrackOptions extends ProgressBarOptions {
  /** How many items there are, where `items` has neither a length nor a size. */
  readonly total?: number;
}

/**
 * The same items one after another, with a bar below the cell that says how many have been worked on:
 * `for (const x of track(range(100), 'training'))`, or with `for await` where the items come
 * asynchronously. Works in a loop that never waits, with at most ten updates a second. The last state says
 * how long it took, or where the loop was left. Throws a sentence for what cannot be iterated over.
 */
export function track<Item>(
  items: Iterable<Item>,
  title?: string,
  options?: TrackOptions,
): Iterable<Item>;
export function track<Item>(
  items: AsyncIterable<Item>,
  title?: string,
  options?: TrackOptions,
): AsyncIterable<Item>;
export function track<Item>(
  items: Iterable<Item> | AsyncIterable<Item>,
  title = '',
  options: TrackOptions = {},
): Iterable<Item> | AsyncIterable<Item> {
  const { total = lengthOf(items) } = options;
  const start = () => startMeter({ ...options, title, total });
  if (isIterable(items)) return { [Symbol.iterator]: () => tracked(items, start()) };
  if (isAsyncIterable(items)) {
    return { [Symbol.asyncIterator]: () => trackedLater(items, start()) };
  }
  throw new Error(
    `track: expected something to iterate over, got ${items === null ? 'null' : typeof items}; ` +
      'range(n) counts from 0 to n − 1.',
  );
}

/** A bar moved by hand. */
export interface ProgressBar {
  /** `count` of the total are done. A note is shown behind it until the next call. */
  update(count: number, note?: string): void;
  /** All is done. */
  done(note?: string): void;
  /** It ends here, before all is done. */
  fail(note?: string): void;
}

/** A bar below the cell for work that is no loop; `total` is undefined where nobody knows it. */
export function progressBar(
  total: number | undefined,
  title = '',
  options: ProgressBarOptions = {},
): ProgressBar {
  if (total !== undefined && !(total >= 0 && total < Infinity)) {
    throw new Error(`progressBar: the total is ${total}; expected a number of at least 0.`);
  }
  const meter = startMeter({ ...options, title, total });
  return {
    update: (count, note) => meter.reach(count, note),
    done(note) {
      if (total !== undefined) meter.reach(total, note);
      meter.end('done', note);
    },
    fail: (note) => meter.end('failed', note),
  };
}

/** 0, 1, …, count − 1, with a length. */
export function range(count: number): Iterable<number> & { readonly length: number } {
  if (!Number.isSafeInteger(count) || count < 0) {
    throw new Error(`range: expected a whole number of at least 0, got ${count}.`);
  }
  return { length: count, [Symbol.iterator]: () => upTo(count) };
}

function* upTo(count: number): Generator<number, void, undefined> {
  for (let k = 0; k < count; k++) yield k;
}

function* tracked<Item>(items: Iterable<Item>, meter: Meter): Generator<Item, void, undefined> {
  try {
    for (const item of items) {
      yield item;
      meter.step();
    }
    meter.end('done');
  } catch (error) {
    meter.end('failed');
    throw error;
  } finally {
    // A loop that is left before its end comes here alone.
    meter.end('stopped');
  }
}

async function* trackedLater<Item>(
  items: AsyncIterable<Item>,
  meter: Meter,
): AsyncGenerator<Item, void, undefined> {
  try {
    for await (const item of items) {
      yield item;
      meter.step();
    }
    meter.end('done');
  } catch (error) {
    meter.end('failed');
    throw error;
  } finally {
    meter.end('stopped');
  }
}

/** The number of items of arrays, sets, maps and ranges; a string's letters may be fewer than its length. */
function lengthOf(items: unknown): number | undefined {
  if (typeof items !== 'object' || items === null) return undefined;
  const { length, size } = items as { length?: unknown; size?: unknown };
  const found = length ?? size;
  return Number.isSafeInteger(found) && (found as number) >= 0 ? (found as number) : undefined;
}

function isIterable<Item>(items: Iterable<Item> | AsyncIterable<Item>): items is Iterable<Item> {
  return typeof (items as Partial<Iterable<Item>> | null)?.[Symbol.iterator] === 'function';
}

function isAsyncIterable(items: unknown): boolean {
  return (
    typeof (items as Partial<AsyncIterable<unknown>> | null)?.[Symbol.asyncIterator] === 'function'
  );
}
