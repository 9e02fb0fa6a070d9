import { rmdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { writeAtomically } from '../../files/write.js';

/** A file as it is to be. */
export interface Edit {
  /** Below the project's folder, with forward slashes. */
  readonly path: string;
  readonly text: string;
  /** What the file holds now; undefined where there is none. */
  readonly before: string | undefined;
}

/** Writes all files or, where one cannot be written, puts back those before it and throws. */
export function writeEdits(
  root: string,
  edits: readonly Edit[],
  write: (path: string, text: string) => void = writeAtomically,
): void {
  const done: Edit[] = [];
  try {
    for (const edit of edits) {
      done.unshift(edit);
      write(join(root, edit.path), edit.text);
    }
  } catch (error) {
    for (const edit of done) undo(root, edit);
    throw error;
  }
}

function undo(root: string, { path, before }: Edit): void {
  const file = join(root, path);
  try {
    if (before !== undefined) {
      writeAtomically(file, before);
      return;
    }
    rmSync(file, { force: true });
    // Goes only where nothing is left in it: the folder that was made for the first of these files.
    rmdirSync(dirname(file));
  } catch {
    // What cannot be put back must not hide why the writing failed.
  }
}
