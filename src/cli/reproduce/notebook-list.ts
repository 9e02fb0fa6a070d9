import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

/**
 * A notebook of the project: `01-alignment.ipynb` belongs to the claim `alignment`. A letter behind the number makes it
 * a further one on the claim of that number, whatever its name: `01b-more.ipynb`.
 */
export interface Notebook {
  readonly id: string;
  /** File name. */
  readonly file: string;
  readonly path: string;
}

const NUMBERED = /^(\d\d)([a-z]?)-(.+)\.ipynb$/;

/**
 * The notebooks to run, in order: those of the chosen claims and, where all claims were chosen, also
 * those that belong to none.
 */
export function chooseNotebooks(
  files: readonly string[],
  chosen: readonly string[],
  all: boolean,
): Notebook[] {
  const numbered = [...files].sort().flatMap((path) => {
    const [file, number, letter, name] = NUMBERED.exec(basename(path)) ?? [];
    return file === undefined ? [] : [{ file, path, number, letter, name }];
  });
  return numbered.flatMap(({ file, path, number, letter, name }) => {
    const first = numbered.find((other) => other.number === number && other.letter === '');
    const id = letter === '' ? name : (first?.name ?? name);
    return all || chosen.includes(id) ? [{ id, file, path }] : [];
  });
}

/** Paths of all files in the folder of notebooks; none where there is no such folder. */
export function notebookFiles(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
}
