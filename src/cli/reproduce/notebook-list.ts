import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

/** A notebook of the project: `01-alignment.ipynb` belongs to the claim `alignment`. */
export interface Notebook {
  readonly id: string;
  /** File name. */
  readonly file: string;
  readonly path: string;
}

const NUMBERED = /^\d\d-(.+)\.ipynb$/;

/**
 * The notebooks to run, in order: those of the chosen claims and, where all claims were chosen, also
 * those that belong to none.
 */
export function chooseNotebooks(
  files: readonly string[],
  chosen: readonly string[],
  all: boolean,
): Notebook[] {
  return [...files].sort().flatMap((path) => {
    const id = NUMBERED.exec(basename(path))?.[1];
    if (id === undefined || !(all || chosen.includes(id))) return [];
    return [{ id, file: basename(path), path }];
  });
}

/** Paths of all files in the folder of notebooks; none where there is no such folder. */
export function notebookFiles(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
}
