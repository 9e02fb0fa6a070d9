import { closeSync, fchmodSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { writeFully } from './bytes.js';
import { unwritable } from './errors.js';
import { behindLinks, lookAt, takesAnything } from './paths.js';

/**
 * Writes a file whole or not at all, also where the machine stops in between: beside its place, down to
 * the disk, then renamed. Makes the folder that it lies in, and leaves who may read it as it was. A symbolic
 * link stays and the file that it names is written; a device or a pipe is written to. `content` may come
 * in parts. Throws one sentence with the system's word for what went wrong, and leaves no draft.
 */
export function writeAtomically(
  named: string,
  content: string | Uint8Array | readonly Uint8Array[],
): void {
  const parts = partsOf(content);
  const path = behindLinks(named);
  const draft = `${path}.${process.pid}.tmp`;
  try {
    if (takesAnything(path)) {
      writeTo(path, parts);
      return;
    }
    mkdirSync(dirname(path), { recursive: true });
    writeTo(draft, parts, lookAt(path)?.mode);
    renameSync(draft, path);
    syncFolder(dirname(path));
  } catch (error) {
    removeIfPossible(draft);
    throw unwritable(named, error);
  }
}

/** For cleaning up after an error, which this must not hide behind another one. */
export function removeIfPossible(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // It stays, or its folder was never one.
  }
}

function partsOf(content: string | Uint8Array | readonly Uint8Array[]): readonly Uint8Array[] {
  if (typeof content === 'string') return [Buffer.from(content)];
  return content instanceof Uint8Array ? [content] : content;
}

function writeTo(path: string, parts: readonly Uint8Array[], mode?: number): void {
  const file = openSync(path, 'w');
  try {
    if (mode !== undefined) fchmodSync(file, mode);
    for (const part of parts) writeFully(file, part);
    // A pipe or a terminal has no disk to come down to.
    if (lookAt(path)?.isFile()) fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Without this the renaming itself could be lost. */
function syncFolder(folder: string): void {
  const file = openSync(folder, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
