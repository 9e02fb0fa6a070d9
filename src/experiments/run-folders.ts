import { createHash } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isFolderLocked, lockFolder } from '../files/folder-lock.js';
import { linearAlgebraName } from '../numerics/index.js';
import { Interrupted } from './settings.js';

/** Names the folder that trainings are kept in; `npm run reproduce` sets one of its own. */
export const RUNS_FOLDER = 'AFTERFIT_RUNS';

/** What the numbers of a training depend on beside its name and the linear algebra in use. */
export interface RunOrigin {
  /** `codeDigest` of what carries it out. */
  readonly code: string;
  /** Everything else that decides it, as text. */
  readonly described: string;
}

/**
 * Where the training of that name is kept. Its name changes with the origin, so that no run of another kind
 * is gone on with or read.
 */
export function runFolder(name: string, { code, described }: RunOrigin): string {
  const parent = process.env[RUNS_FOLDER] || join(projectFolder(), '.afterfit', 'runs');
  const hash = createHash('sha256').update(`${code}\0${linearAlgebraName()}\0${described}`);
  return join(parent, `${name}-${hash.digest('hex').slice(0, 12)}`);
}

/**
 * Calls `work` while no other process does in the same folder: two notebooks that ask for one training
 * share it, the second waits and finds it done. `onWait` is called at each look. Throws `Interrupted` where
 * the signal is given meanwhile.
 */
export async function withFolderLock<T>(
  folder: string,
  onWait: () => void,
  work: () => Promise<T>,
  signal?: { readonly aborted: boolean },
): Promise<T> {
  const unlock = await lockFolder(folder, onWait, signal);
  if (!unlock) throw new Interrupted(`Interrupted while waiting for ${folder}.`);
  try {
    return await work();
  } finally {
    unlock();
  }
}

/** Removes what runs of another kind left under the same name: it is of no use to this one, and takes room. */
export function removeOldForms(folder: string): void {
  const [name] = basename(folder).split(/-[0-9a-f]{12}$/);
  for (const other of readdirSync(dirname(folder))) {
    const place = join(dirname(folder), other);
    if (other === basename(folder) || other.split(/-[0-9a-f]{12}$/)[0] !== name) continue;
    if (!isFolderLocked(place)) rmSync(place, { recursive: true, force: true });
  }
}

function projectFolder(): string {
  return dirname(dirname(dirname(fileURLToPath(import.meta.url))));
}
