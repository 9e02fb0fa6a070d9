import { readSync, writeSync } from 'node:fs';

/** Writes all bytes, from `at` or where the file is; one call may write less. */
export function writeFully(file: number, bytes: Uint8Array, at?: number): void {
  for (let done = 0; done < bytes.length;) {
    const place = at === undefined ? null : at + done;
    done += writeSync(file, bytes, done, bytes.length - done, place);
  }
}

/** Reads `length` bytes from `at`; fewer where the file ends before. */
export function readFully(file: number, at: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let done = 0;
  while (done < length) {
    const count = readSync(file, bytes, done, length - done, at + done);
    if (count === 0) break;
    done += count;
  }
  return bytes.subarray(0, done);
}
