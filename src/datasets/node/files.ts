import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { readWhole } from '../../files/read.js';
import { datasetFromCsv, type CsvDataset, type CsvOptions } from '../csv.js';

/**
 * The bytes of a file, unpacked when it is gzipped (seen from its first two bytes, not from its
 * name). Throws an Error of one sentence that names the file when there is none, when it cannot be
 * read, or when the gzip data are damaged.
 */
export function readBytes(path: string): Uint8Array {
  const bytes = readWhole(path);
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${path}: expected a complete gzip file (${reason}).`, { cause: error });
  }
}

/**
 * The path of `name` or `name.gz` in a folder, the plain file first; undefined when neither is there.
 */
export function findPlainOrGzip(folder: string, name: string): string | undefined {
  return [join(folder, name), join(folder, `${name}.gz`)].find((path) => existsSync(path));
}

/**
 * Reads a CSV file (UTF-8, gzipped or not) as a data set; see `datasetFromCsv` for the rules.
 * Throws an Error of one sentence that names the file, and the line and column where there is one.
 */
export function readCsvDataset(path: string, options: CsvOptions = {}): CsvDataset {
  return datasetFromCsv(new TextDecoder().decode(readBytes(path)), path, options);
}

/**
 * The project's own folder `datasets/`, found from this file upwards, so that it works from the sources and
 * from a build folder, whatever the current folder is. Throws a sentence when there is none.
 */
export function committedDataFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const candidate = join(folder, 'datasets');
    if (existsSync(join(candidate, 'fashion-mnist-tiny'))) return candidate;
    const parent = dirname(folder);
    if (parent === folder) {
      throw new Error('datasets/fashion-mnist-tiny: no such folder beside or above the program.');
    }
    folder = parent;
  }
}

/** The folder that AFTERFIT_DATA names, or undefined where it is not set. */
export function environmentDataFolder(): string | undefined {
  // An empty variable is how shells unset one for a single command.
  return process.env['AFTERFIT_DATA'] || undefined;
}

/** Throws `PREFIX FOLDER: no such folder.` where there is none. */
export function requireFolder(folder: string, prefix: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new Error(`${prefix}${folder}: no such folder.`);
  }
}

/** Bytes 0..255 as numbers in [0, 1]; a loop, several times faster here than `from`. */
export function unitPixels(bytes: Uint8Array): Float64Array {
  const pixels = new Float64Array(bytes.length);
  for (let k = 0; k < bytes.length; k++) pixels[k] = bytes[k] / 255;
  return pixels;
}
