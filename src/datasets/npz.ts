import { unzipSync, zipSync } from 'fflate';
import { crc32 } from '../numerics/crc32.js';
import { readNpy, writeNpy, type NumericArray } from './npy.js';

/**
 * The arrays of a .npz archive (what `np.savez` and `np.savez_compressed` write), in its order; `file` is
 * used in messages. Throws an Error of one sentence that names the file when it is no complete zip
 * archive, and the array as well when that is damaged or of another type.
 */
export function arraysIn(bytes: Uint8Array, file: string): Map<string, NumericArray> {
  const checksums = checksumsIn(bytes);
  if (checksums === undefined) {
    const found = bytes.length === 0 ? 'an empty file' : 'other bytes, or the beginning of one';
    throw new Error(`${file}: expected a complete .npz archive, found ${found}.`);
  }
  let entries: Readonly<Record<string, Uint8Array>>;
  try {
    entries = unzipSync(bytes);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${file}: damaged, its archive cannot be unpacked (${reason}).`, {
      cause: error,
    });
  }
  const arrays = new Map<string, NumericArray>();
  for (const [entry, checksum] of checksums) {
    const name = `${file}: ${entry}`;
    const content = entries[entry];
    if (content === undefined || crc32(content) !== checksum) {
      throw new Error(`${name}: damaged, its bytes do not have the checksum of the archive.`);
    }
    arrays.set(entry.replace(/\.npy$/, ''), readNpy(content, name));
  }
  return arrays;
}

/**
 * The bytes of a .npz file with the given arrays, by name, uncompressed: the same bytes for the same
 * arrays. Throws where a value does not fit the type of its array.
 */
export function npzOf(arrays: Iterable<readonly [string, NumericArray]>): Uint8Array {
  const entries: Record<string, Uint8Array> = {};
  for (const [name, array] of arrays) entries[`${name}.npy`] = writeNpy(array, name);
  return zipSync(entries, { level: 0, mtime: new Date(1980, 0, 1) });
}

const CENTRAL_RECORD = 0x02014b50;
const END_RECORD = 0x06054b50;
const END_LENGTH = 22;

/** CRC-32 of each entry by its name, from the archive's directory; undefined where there is none. */
function checksumsIn(bytes: Uint8Array): Map<string, number> | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - END_LENGTH;
  while (end >= 0 && view.getUint32(end, true) !== END_RECORD) end--;
  if (end < 0) return undefined;
  const checksums = new Map<string, number>();
  let at = view.getUint32(end + 16, true);
  for (let k = view.getUint16(end + 10, true); k > 0; k--) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== CENTRAL_RECORD) return undefined;
    const [name, extra, comment] = [28, 30, 32].map((field) => view.getUint16(at + field, true));
    const text = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + name));
    checksums.set(text, view.getUint32(at + 16, true));
    at += 46 + name + extra + comment;
  }
  return checksums;
}
