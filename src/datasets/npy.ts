import { fromFloat16, toFloat16 } from './float16.js';

/** The types of entries that are read and written, by NumPy's names. */
export const arrayTypes = [
  'float16',
  'float32',
  'float64',
  'int8',
  'int16',
  'int32',
  'int64',
  'uint8',
  'uint16',
  'uint32',
  'uint64',
  'bool',
] as const;
/** The element type of an array in a file; all are read into float64. */
export type ArrayType = (typeof arrayTypes)[number];

/** An array of any rank; whatever its type in the file was, the values are float64. */
export interface NumericArray {
  /** Sizes, outermost first; empty for a single number. */
  readonly shape: readonly number[];
  /** In C order: the last index runs fastest. */
  readonly values: Float64Array;
  /** The type in the file. */
  readonly type: ArrayType;
}

interface Codec {
  /** NumPy's letter and size in bytes. */
  readonly code: string;
  readonly bytes: number;
  read(view: DataView, at: number, little: boolean): number;
  write(view: DataView, at: number, value: number): void;
  /** True where the type holds the value, up to rounding. */
  holds(value: number): boolean;
}

const within = (least: number, most: number) => (value: number) =>
  Number.isInteger(value) && value >= least && value <= most;
const anything = () => true;
const { MIN_SAFE_INTEGER, MAX_SAFE_INTEGER } = Number;

const CODECS: Readonly<Record<ArrayType, Codec>> = {
  float16: {
    code: 'f2',
    bytes: 2,
    read: (view, at, little) => fromFloat16(view.getUint16(at, little)),
    write: (view, at, value) => view.setUint16(at, toFloat16(value), true),
    holds: anything,
  },
  float32: {
    code: 'f4',
    bytes: 4,
    read: (view, at, little) => view.getFloat32(at, little),
    write: (view, at, value) => view.setFloat32(at, value, true),
    holds: anything,
  },
  float64: {
    code: 'f8',
    bytes: 8,
    read: (view, at, little) => view.getFloat64(at, little),
    write: (view, at, value) => view.setFloat64(at, value, true),
    holds: anything,
  },
  int8: {
    code: 'i1',
    bytes: 1,
    read: (view, at) => view.getInt8(at),
    write: (view, at, value) => view.setInt8(at, value),
    holds: within(-(2 ** 7), 2 ** 7 - 1),
  },
  int16: {
    code: 'i2',
    bytes: 2,
    read: (view, at, little) => view.getInt16(at, little),
    write: (view, at, value) => view.setInt16(at, value, true),
    holds: within(-(2 ** 15), 2 ** 15 - 1),
  },
  int32: {
    code: 'i4',
    bytes: 4,
    read: (view, at, little) => view.getInt32(at, little),
    write: (view, at, value) => view.setInt32(at, value, true),
    holds: within(-(2 ** 31), 2 ** 31 - 1),
  },
  int64: {
    code: 'i8',
    bytes: 8,
    read: (view, at, little) => Number(view.getBigInt64(at, little)),
    write: (view, at, value) => view.setBigInt64(at, BigInt(value), true),
    holds: within(MIN_SAFE_INTEGER, MAX_SAFE_INTEGER),
  },
  uint8: {
    code: 'u1',
    bytes: 1,
    read: (view, at) => view.getUint8(at),
    write: (view, at, value) => view.setUint8(at, value),
    holds: within(0, 2 ** 8 - 1),
  },
  uint16: {
    code: 'u2',
    bytes: 2,
    read: (view, at, little) => view.getUint16(at, little),
    write: (view, at, value) => view.setUint16(at, value, true),
    holds: within(0, 2 ** 16 - 1),
  },
  uint32: {
    code: 'u4',
    bytes: 4,
    read: (view, at, little) => view.getUint32(at, little),
    write: (view, at, value) => view.setUint32(at, value, true),
    holds: within(0, 2 ** 32 - 1),
  },
  uint64: {
    code: 'u8',
    bytes: 8,
    read: (view, at, little) => Number(view.getBigUint64(at, little)),
    write: (view, at, value) => view.setBigUint64(at, BigInt(value), true),
    holds: within(0, MAX_SAFE_INTEGER),
  },
  bool: {
    code: 'b1',
    bytes: 1,
    read: (view, at) => (view.getUint8(at) === 0 ? 0 : 1),
    write: (view, at, value) => view.setUint8(at, value),
    holds: within(0, 1),
  },
};

/** \x93NUMPY. */
const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/**
 * Reads a .npy file: floats of 16, 32 or 64 bits, integers, or booleans (as 0 and 1), little or big
 * endian, in C or Fortran order. `name` is used in messages. Throws an Error of one sentence for bytes
 * that are no such file, another type, a wrong length, or an integer that float64 does not hold.
 */
export function readNpy(bytes: Uint8Array, name: string): NumericArray {
  const { header, end } = headerOf(bytes, name);
  const { type, little, fortran, shape } = parseHeader(header, name);
  const size = bytesOf(type);
  const count = shape.reduce((product, length) => product * length, 1);
  const found = bytes.length - end;
  if (found !== count * size) {
    throw new Error(
      `${name}: expected ${shapeWords(shape)} of ${type}, ${count * size} bytes after the header, found ${found}.`,
    );
  }
  const stored = numbersIn(bytes.subarray(end), type, name, { little });
  return { shape, type, values: fortran ? fromFortran(stored, shape) : stored };
}

/**
 * The numbers of a type that fill some bytes. `name` is used in messages. Throws a sentence where an integer
 * is one that float64 does not hold, unless it may be `rounded`.
 */
export function numbersIn(
  bytes: Uint8Array,
  type: ArrayType,
  name: string,
  { little = true, rounded = false } = {},
): Float64Array {
  const { read, holds, bytes: size } = CODECS[type];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const numbers = new Float64Array(Math.floor(bytes.length / size));
  for (let k = 0; k < numbers.length; k++) {
    numbers[k] = read(view, k * size, little);
    if (!rounded && !holds(numbers[k])) {
      throw new Error(`${name}: expected integers up to 2^53, found ${numbers[k]} as number ${k}.`);
    }
  }
  return numbers;
}

/** Bytes of one number of a type. */
export function bytesOf(type: ArrayType): number {
  return CODECS[type].bytes;
}

/** The bytes of a .npy file, little endian and in C order. Throws where a value does not fit the type. */
export function writeNpy({ shape, values, type }: NumericArray, name: string): Uint8Array {
  const { code, bytes: size, write, holds } = CODECS[type];
  const count = shape.reduce((product, length) => product * length, 1);
  if (values.length !== count) {
    throw new Error(`${name}: expected ${shapeWords(shape)} of values, found ${values.length}.`);
  }
  const descr = `${size === 1 ? '|' : '<'}${code}`;
  const tuple = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const dictionary = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${tuple}), }`;
  // NumPy begins the values at a multiple of 64 bytes.
  const start = Math.ceil((10 + dictionary.length + 1) / 64) * 64;
  const bytes = new Uint8Array(start + count * size).fill(0x20, 0, start);
  bytes.set(MAGIC);
  bytes.set([1, 0], 6);
  bytes.set(new TextEncoder().encode(dictionary), 10);
  bytes[start - 1] = 0x0a;
  const view = new DataView(bytes.buffer);
  view.setUint16(8, start - 10, true);
  values.forEach((value, k) => {
    if (!holds(value)) throw new Error(`${name}: number ${k} is ${value}, which is no ${type}.`);
    write(view, start + k * size, value);
  });
  return bytes;
}

/** '64×3×3×3', or 'one number'. */
export function shapeWords(shape: readonly number[]): string {
  return shape.length === 0 ? 'one number' : shape.join('×');
}

function headerOf(bytes: Uint8Array, name: string): { header: string; end: number } {
  const wide = bytes[6] >= 2;
  const start = wide ? 12 : 10;
  if (bytes.length < start || MAGIC.some((byte, k) => bytes[k] !== byte)) {
    throw new Error(`${name}: expected an array of NumPy (.npy), found other bytes.`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = start + (wide ? view.getUint32(8, true) : view.getUint16(8, true));
  if (end > bytes.length) {
    throw new Error(`${name}: truncated, the header ends at byte ${end} of ${bytes.length}.`);
  }
  return { header: new TextDecoder('latin1').decode(bytes.subarray(start, end)), end };
}

function parseHeader(
  header: string,
  name: string,
): { type: ArrayType; little: boolean; fortran: boolean; shape: number[] } {
  const descr = /'descr':\s*'([^']*)'/.exec(header)?.[1];
  const fortran = /'fortran_order':\s*(True|False)/.exec(header)?.[1];
  const shape = /'shape':\s*\(([\d\s,]*)\)/.exec(header)?.[1];
  if (fortran === undefined || shape === undefined || !header.includes("'descr'")) {
    throw new Error(
      `${name}: expected a header with descr, fortran_order and shape, found ${header.trim()}.`,
    );
  }
  const type = arrayTypes.find((type) => CODECS[type].code === descr?.slice(1));
  if (type === undefined) {
    const found = descr === undefined ? 'fields' : `'${descr}'`;
    throw new Error(`${name}: expected floats, integers or booleans, found ${found}.`);
  }
  const sizes = shape.split(',').filter((size) => size.trim() !== '');
  return { type, little: descr![0] !== '>', fortran: fortran === 'True', shape: sizes.map(Number) };
}

/** From first index fastest to last index fastest. */
function fromFortran(stored: Float64Array, shape: readonly number[]): Float64Array {
  const values = new Float64Array(stored.length);
  const index = shape.map(() => 0);
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((a, b) => a * b, 1));
  let at = 0;
  for (const value of stored) {
    values[at] = value;
    for (let axis = 0; axis < shape.length; axis++) {
      at += strides[axis];
      if (++index[axis] < shape[axis]) break;
      at -= strides[axis] * shape[axis];
      index[axis] = 0;
    }
  }
  return values;
}
