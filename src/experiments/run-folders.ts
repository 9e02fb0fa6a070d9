import { createHash } from 'node:crypto';
import {
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { linearAlgebraName } from '../numerics/index.js';
import { Interrupted } from './settings.js';

/** Names the folder that trainings are kept in; `npm run reproduce` sets one of its own. */
export const RUNS_FOLDER = 'AFTERFIT_RUNS';

/** What the numbers of a training depend on beside its name and the linear algebra in use. */
export interface RunOrigin {
  /** `codeDigest` of what plans it and carries it out. */
  readonly code: string;
  /** Name of the data. */
  readonly data: string;
}

/**
 * Where the training of that name is kept. Its name changes with the origin, so that no run of another kind
 * is gone on with or read.
 */
export function runFolder(name: string, { code, data }: RunOrigin): string {
  const parent = process.env[RUNS_FOLDER] || join(projectFolder(), '.afterfit', 'runs');
  const hash = createHash('sha256').update(`${code}\0${linearAlgebraName()}\0${data}`);
  return join(parent, `${name}-${hash.digest('hex').slice(0, 12)}`);
}

/** How often one looks whether a lock is free, and its owner says that it is there, in milliseconds. */
const LOOK_EVERY = 300;
const BEAT_EVERY = 5000;
/** An owner who has said nothing for so long is gone, whoever has its number now. */
const SILENT = 120_000;

/**
 * Calls `work` while no other process does in the same folder: two notebooks that ask for one training
 * share it, the second waits and finds it done. `onWait` is called at each look. Throws `Interrupted` where
 * the signal is given meanwhile.
 */
export async function alone<T>(
  folder: string,
  onWait: () => void,
  work: () => Promise<T>,
  signal?: { readonly aborted: boolean },
): Promise<T> {
  mkdirSync(folder, { recursive: true });
  const lock = join(folder, 'lock');
  while (!taken(lock)) {
    if (signal?.aborted) throw new Interrupted(`Interrupted while waiting for ${folder}.`);
    onWait();
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
  }
  const beat = setInterval(() => {
    const now = new Date();
    utimesSync(lock, now, now);
  }, BEAT_EVERY).unref();
  try {
    return await work();
  } finally {
    clearInterval(beat);
    rmSync(lock, { force: true });
  }
}

/** Removes what runs of another kind left under the same name: it is of no use to this one, and takes room. */
export function removeOldForms(folder: string): void {
  const [name] = basename(folder).split(/-[0-9a-f]{12}$/);
  for (const other of readdirSync(dirname(folder))) {
    const place = join(dirname(folder), other);
    if (other === basename(folder) || other.split(/-[0-9a-f]{12}$/)[0] !== name) continue;
    if (!isHeld(join(place, 'lock'))) rmSync(place, { recursive: true, force: true });
  }
}

/** True where the lock is now ours. One whose owner is gone is taken over. */
function taken(lock: string): boolean {
  try {
    writeFileSync(lock, `${process.pid}`, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  if (!isHeld(lock)) takeAway(lock);
  return false;
}

/** Of several who find an owner gone, one takes the lock away; what another has put there since stays. */
function takeAway(lock: string): void {
  const aside = `${lock}.${process.pid}`;
  try {
    renameSync(lock, aside);
    if (isHeld(aside)) linkSync(aside, lock);
  } catch {
    // Another was faster.
  }
  rmSync(aside, { force: true });
}

function isHeld(lock: string): boolean {
  try {
    const text = readFileSync(lock, 'utf8');
    if (Date.now() - statSync(lock).mtimeMs > SILENT) return false;
    // A lock without a number is one that is being written, unless it is old.
    if (text === '') return Date.now() - statSync(lock).mtimeMs < 5000;
    process.kill(Number(text), 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function projectFolder(): string {
  return dirname(dirname(dirname(fileURLToPath(import.meta.url))));
}
