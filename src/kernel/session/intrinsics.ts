/**
 * What the language and Node give to all code, and what a cell may put something else in the place of. The
 * kernel and its compiler would stop working then, so they get it back for as long as they work.
 */

const { defineProperty, deleteProperty, getOwnPropertyDescriptor, ownKeys } = Reflect;

/** Global things whose own functions, and those of their instances, the kernel and its compiler call. */
const NAMES = [
  ...['Object', 'Function', 'Array', 'String', 'Number', 'Boolean', 'BigInt', 'Symbol', 'Promise'],
  ...['RegExp', 'Map', 'Set', 'WeakMap', 'WeakSet', 'WeakRef', 'Date', 'JSON', 'Math', 'Reflect'],
  ...['Error', 'TypeError', 'RangeError', 'SyntaxError', 'ReferenceError', 'AggregateError'],
  ...['Proxy', 'ArrayBuffer', 'SharedArrayBuffer', 'Int32Array', 'Uint8Array', 'Atomics', 'Buffer'],
  ...['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'setImmediate'],
  ...['clearImmediate', 'queueMicrotask', 'process', 'parseInt', 'parseFloat', 'isNaN'],
];

/** Functions of `process` alone: its values may change. */
const OF_PROCESS = [
  'nextTick',
  'cwd',
  'kill',
  'on',
  'emit',
  'listenerCount',
  'memoryUsage',
] as const;

/** A property as it was before any cell ran. */
interface Place {
  readonly owner: Record<PropertyKey, unknown>;
  readonly key: PropertyKey;
  readonly value: unknown;
  readonly descriptor: PropertyDescriptor;
}

let places: readonly Place[] = [];

/** Remembers everything as it is now. */
export function rememberIntrinsics(): void {
  const found: Place[] = [];
  const remember = (owner: object, key: PropertyKey) => {
    const descriptor = getOwnPropertyDescriptor(owner, key);
    if (!descriptor || !('value' in descriptor)) return;
    if (!descriptor.writable && !descriptor.configurable) return;
    const value: unknown = descriptor.value;
    found.push({ owner: owner as Place['owner'], key, value, descriptor });
  };
  const rememberAll = (owner: object) => {
    for (const key of ownKeys(owner)) if (key !== 'stackTraceLimit') remember(owner, key);
  };
  for (const name of NAMES) {
    remember(globalThis, name);
    const { [name]: thing } = globalThis as unknown as Record<string, object | undefined>;
    if (!thing || thing === process) continue;
    rememberAll(thing);
    if (typeof thing === 'function' && thing.prototype) rememberAll(thing.prototype as object);
  }
  for (const key of OF_PROCESS) {
    // Some are inherited: what a cell puts in front of them is taken away.
    const value: unknown = process[key];
    const descriptor = { value, writable: true, configurable: true, enumerable: true };
    found.push({ owner: process as unknown as Place['owner'], key, value, descriptor });
  }
  for (const instance of unnamed()) rememberAll(Object.getPrototypeOf(instance) as object);
  places = found;
}

/** Instances of what has no global name: the kinds of iterators, and typed arrays together. */
function unnamed(): object[] {
  const iterators = [[].values(), new Map().values(), new Set().values(), ''[Symbol.iterator]()];
  return [...iterators, Object.getPrototypeOf(iterators[0]) as object, Int32Array.prototype];
}

/** The promises of the language, for code that runs between that of cells. */
export const OwnPromise = Promise;
export type OwnPromise<Value> = Promise<Value>;

/** Hands on what comes of a promise, as its own `then` does unless a cell has changed that. */
export async function settle<Value>(
  promise: Promise<Value>,
  resolve: (value: Value) => void,
  reject: (error: unknown) => void,
): Promise<void> {
  try {
    resolve(await promise);
  } catch (error) {
    reject(error);
  }
}

/** Settles as the first of several promises does. */
export function firstOf<Value>(...promises: readonly Promise<Value>[]): Promise<Value> {
  return new OwnPromise((resolve, reject) => {
    for (let k = 0; k < promises.length; k++) void settle(promises[k], resolve, reject);
  });
}

/** Runs the kernel's own code with everything as it was remembered; what cells have put there comes back. */
export function withIntrinsics<Result>(work: () => Result): Result {
  let changed: [Place, PropertyDescriptor | undefined][] | undefined;
  for (let k = 0; k < places.length; k++) {
    const place = places[k];
    if (!isChanged(place)) continue;
    changed ??= [];
    changed[changed.length] = [place, getOwnPropertyDescriptor(place.owner, place.key)];
    defineProperty(place.owner, place.key, place.descriptor);
  }
  const added = addedToAll();
  if (!changed && !added) return work();
  try {
    return work();
  } finally {
    for (let k = 0; changed && k < changed.length; k++) {
      const { 0: place, 1: theirs } = changed[k];
      if (theirs) defineProperty(place.owner, place.key, theirs);
      else deleteProperty(place.owner, place.key);
    }
    for (let k = 0; added && k < added.length; k++) {
      defineProperty(added[k].owner, added[k].key, added[k].descriptor);
    }
  }
}

function isChanged({ owner, key, value }: Place): boolean {
  try {
    return owner[key] !== value;
  } catch {
    // A property that a cell has made one that throws.
    return true;
  }
}

/** Takes away what a cell has given to all objects or arrays, and loops over keys would come upon. */
function addedToAll(): Place[] | undefined {
  let added: Place[] | undefined;
  // Not the array's own keys are looked for: it has none.
  // eslint-disable-next-line @typescript-eslint/no-for-in-array
  for (const key in EMPTY) {
    for (let k = 0; k < COMMON.length; k++) {
      const owner = COMMON[k];
      const descriptor = getOwnPropertyDescriptor(owner, key);
      if (!descriptor?.enumerable || !deleteProperty(owner, key)) continue;
      added ??= [];
      added[added.length] = { owner, key, value: undefined, descriptor };
    }
  }
  return added;
}

const EMPTY: readonly unknown[] = [];
const COMMON = [Array.prototype, Object.prototype] as unknown as Place['owner'][];
