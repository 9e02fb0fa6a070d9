/**
 * Plain data as JSON that keeps what JSON loses: NaN, infinities, −0, undefined, bigint and typed arrays. Cells of
 * both kernels load this file, and it goes from one to the other.
 */

const NUMBERS = [
  ...['Float32Array', 'Float64Array', 'Int8Array', 'Int16Array', 'Int32Array', 'Uint8Array'],
  ...['Uint8ClampedArray', 'Uint16Array', 'Uint32Array', 'BigInt64Array', 'BigUint64Array'],
] as const;

type Encoded =
  string | boolean | number | null | readonly Encoded[] | { readonly [tag: string]: unknown };

const isPlain = (value: number) => Number.isFinite(value) && !Object.is(value, -0);

/** The form of a value that `JSON.stringify` keeps. A function or a symbol is no data: it becomes undefined. */
export function encodePlain(value: unknown): Encoded {
  switch (typeof value) {
    case 'number':
      return isPlain(value) ? value : { n: Object.is(value, -0) ? '-0' : String(value) };
    case 'bigint':
      return { b: String(value) };
    case 'string':
    case 'boolean':
      return value;
    case 'object':
      return value === null ? null : encodeObject(value);
    default:
      return { u: 1 };
  }
}

function encodeObject(value: object): Encoded {
  if (Array.isArray(value)) return Array.from(value, encodePlain);
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    const name = Object.prototype.toString.call(value).slice(8, -1);
    const values = Array.from(value as Float64Array, encodePlain);
    return { t: name, v: values };
  }
  return { o: Object.entries(value).map(([key, each]) => [key, encodePlain(each)]) };
}

/** The value behind what `encodePlain` made, after JSON. What it did not make becomes undefined. */
export function decodePlain(encoded: unknown): unknown {
  if (Array.isArray(encoded)) return encoded.map(decodePlain);
  if (typeof encoded !== 'object' || encoded === null) return encoded;
  const { n, b, t, v, o } = encoded as Record<string, unknown>;
  if (typeof n === 'string') return n === '-0' ? -0 : Number(n);
  if (typeof b === 'string') return BigInt(b);
  if (typeof t === 'string' && Array.isArray(v)) return typed(t, v.map(decodePlain));
  if (!Array.isArray(o)) return undefined;
  return Object.fromEntries(
    (o as [string, unknown][]).map(([key, each]) => [String(key), decodePlain(each)]),
  );
}

function typed(name: string, values: readonly unknown[]): unknown {
  const found = NUMBERS.find((each) => each === name);
  if (found === undefined) return undefined;
  return new globalThis[found](values as never);
}
