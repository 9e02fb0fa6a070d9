/** The content of an IDX file of unsigned bytes. */
export interface IdxArray {
  /** Sizes, outermost first: [images, rows, columns] or [labels]. */
  readonly dimensions: readonly number[];
  /** Row-major, product of `dimensions` bytes; a view of the file's bytes, not a copy. */
  readonly values: Uint8Array;
}

const UNSIGNED_BYTE = 0x08;

const TYPE_NAMES: Readonly<Record<number, string>> = {
  0x09: 'signed bytes',
  0x0b: '16-bit integers',
  0x0c: '32-bit integers',
  0x0d: '32-bit floats',
  0x0e: '64-bit floats',
};

/**
 * Reads an IDX file (the format of MNIST and Fashion-MNIST): two zero bytes, a type byte, the number
 * of dimensions, one big-endian 32-bit size for each, then the values.
 *
 * `file` is used in messages; `rank` is the number of dimensions expected (3 for images, 1 for
 * labels). Throws an Error of one sentence that names the file and what was expected: for a wrong
 * magic number, a type other than unsigned bytes, a truncated file, or bytes after the end.
 */
export function readIdx(bytes: Uint8Array, file: string, rank: number): IdxArray {
  const headerLength = 4 + 4 * rank;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 4) {
    throw new Error(
      `${file}: expected an IDX header of ${headerLength} bytes, found ${bytes.length} bytes.`,
    );
  }
  checkMagicNumber(view.getUint32(0), file, rank);
  if (bytes.length < headerLength) {
    throw new Error(
      `${file}: expected an IDX header of ${headerLength} bytes, found ${bytes.length} bytes.`,
    );
  }
  const dimensions = Array.from({ length: rank }, (_, k) => view.getUint32(4 + 4 * k));
  const count = dimensions.reduce((product, size) => product * size, 1);
  const found = bytes.length - headerLength;
  if (found < count) {
    throw new Error(
      `${file}: truncated, expected ${dimensions.join(' × ')} = ${count} values, found ${found}.`,
    );
  }
  if (found > count) {
    throw new Error(
      `${file}: expected ${dimensions.join(' × ')} = ${count} values, found ${found - count} more bytes after them.`,
    );
  }
  return { dimensions, values: bytes.subarray(headerLength) };
}

function checkMagicNumber(magic: number, file: string, rank: number): void {
  const expected = UNSIGNED_BYTE * 256 + rank;
  if (magic === expected) return;
  const type = TYPE_NAMES[(magic >>> 8) & 0xff];
  if (magic >>> 16 === 0 && type !== undefined) {
    throw new Error(
      `${file}: unsupported IDX type, expected unsigned bytes (0x08), found ${type} (${hex((magic >>> 8) & 0xff, 2)}).`,
    );
  }
  throw new Error(
    `${file}: expected the IDX magic number ${hex(expected, 8)} (unsigned bytes, ${rank} ${rank === 1 ? 'dimension' : 'dimensions'}), found ${hex(magic, 8)}.`,
  );
}

function hex(value: number, digits: number): string {
  return `0x${value.toString(16).padStart(digits, '0')}`;
}
