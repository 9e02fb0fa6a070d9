import {
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/** How often one looks whether a lock is free, and its owner says that it is there, in milliseconds. */
const LOOK_EVERY = 300;
const BEAT_EVERY = 5000;
/** An owner that has not renewed its lock for so long has ended, even where another process has its id now. */
const SILENT = 120_000;

/**
 * Waits until no other process holds the folder, which is made where there is none, and holds it: by a file
 * `lock` in it with this process's number. Gives the function that lets go. One whose owner has ended is
 * taken over at once. `onWait` is called at each look; undefined where the signal is given meanwhile.
 */
export async function lockFolder(
  folder: string,
  onWait: () => void,
  signal?: { readonly aborted: boolean },
): Promise<(() => void) | undefined> {
  mkdirSync(folder, { recursive: true });
  const lock = lockIn(folder);
  while (!taken(lock)) {
    if (signal?.aborted) return undefined;
    onWait();
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
  }
  return held(lock);
}

/** Renews a lock that is ours until the function that this gives is called. */
function held(lock: string): () => void {
  const beat = setInterval(() => {
    const now = new Date();
    try {
      utimesSync(lock, now, now);
    } catch {
      // Somebody took the folder away: nothing is held any more.
      clearInterval(beat);
    }
  }, BEAT_EVERY).unref();
  return () => {
    clearInterval(beat);
    if (ownerOf(lock) === String(process.pid)) rmSync(lock, { force: true });
  };
}

/** Who holds a lock, as text; undefined where nobody does. */
function ownerOf(lock: string): string | undefined {
  try {
    return readFileSync(lock, 'utf8');
  } catch {
    return undefined;
  }
}

/** Holds the folder as `lockFolder` does, at once or not at all; undefined where another process holds it. */
export function lockFolderNow(folder: string): (() => void) | undefined {
  mkdirSync(folder, { recursive: true });
  const lock = lockIn(folder);
  // One whose owner has ended is taken away first.
  return taken(lock) || taken(lock) ? held(lock) : undefined;
}

/** Whether a process that is there holds the folder. */
export function isFolderLocked(folder: string): boolean {
  return isHeld(lockIn(folder));
}

function lockIn(folder: string): string {
  return join(folder, 'lock');
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
