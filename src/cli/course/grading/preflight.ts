import { spawn } from 'node:child_process';
import { closeSync, constants, fstatSync, lstatSync, openSync, readSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lookAt } from '../../../files/paths.js';
import type { ProblemSet } from '../problem-set.js';
import type { Submission } from './read-submission.js';

/** Bytes that a file may have. */
const MOST_BYTES = 5 * 2 ** 20;
/** What reading one may take. */
const READING = { megabytes: 256, milliseconds: 20_000 };

const child = fileURLToPath(new URL('./preflight-child.js', import.meta.url));

/**
 * The bytes of a file that a student left below `folder`; the reason, as one line, where it is not to be touched: links
 * on the way, no plain file, too long. A link put there in between is not followed either.
 */
export function bytesOfStudent(folder: string, path: string): Uint8Array | { refused: string } {
  for (let at = join(folder, path); at !== folder; at = dirname(at)) {
    const found = lookAt(at, lstatSync);
    if (!found) return { refused: 'the file is not there' };
    if (found.isSymbolicLink()) return { refused: 'it is a link' };
  }
  let file: number;
  try {
    file = openSync(
      join(folder, path),
      constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK,
    );
  } catch {
    return { refused: 'the file cannot be read' };
  }
  try {
    const found = fstatSync(file);
    if (!found.isFile()) return { refused: 'it is no plain file' };
    if (found.size > MOST_BYTES)
      return { refused: `the file has more than ${MOST_BYTES / 2 ** 20} MB` };
    const bytes = new Uint8Array(MOST_BYTES + 1);
    let length = 0;
    for (;;) {
      const count = readSync(file, bytes, length, bytes.length - length, null);
      length += count;
      if (count === 0 || length === bytes.length) break;
    }
    if (length > MOST_BYTES) return { refused: 'the file grows' };
    return bytes.slice(0, length);
  } finally {
    closeSync(file);
  }
}

/** Reads a file that `bytesOfStudent` accepted, in a process with limits of its own. */
export async function preflight(file: string, { name, folder }: ProblemSet): Promise<Submission> {
  const line = [`--max-old-space-size=${READING.megabytes}`, child, file, name, dirname(folder)];
  const reader = spawn(process.execPath, line, { stdio: ['ignore', 'pipe', 'ignore'] });
  const timer = setTimeout(() => reader.kill('SIGKILL'), READING.milliseconds);
  const pieces: Buffer[] = [];
  reader.stdout.on('data', (piece: Buffer) => pieces.push(piece));
  const status = await new Promise<number | null>((resolve) => {
    reader.on('error', () => resolve(null));
    reader.on('close', resolve);
  });
  clearTimeout(timer);
  if (status !== 0) return { refused: 'the file cannot be read' };
  const found = JSON.parse(Buffer.concat(pieces).toString('utf8')) as Submission;
  return 'refused' in found ? found : { ...found, answers: new Map(found.answers) };
}
