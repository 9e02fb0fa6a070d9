import { readFileSync } from 'node:fs';
import { unreadable } from './errors.js';

/** The bytes of a file. Throws one sentence that names it where it is not there or cannot be read. */
export function readWhole(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** The text of a file in UTF-8, without a byte-order mark. Throws as `readWhole`. */
export function readText(path: string): string {
  return new TextDecoder().decode(readWhole(path));
}
