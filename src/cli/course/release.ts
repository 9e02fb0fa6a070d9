import { cpSync, existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { join } from 'node:path';
import { ensureCourse } from './course-folder.js';
import { readNotebook } from './notebook.js';
import type { NbGrader } from './nbgrader.js';
import { readSet, type ProblemSet } from './problem-set.js';

/** What students get of a set's folder: its files. Folders, which hold known answers, are kept back. */
function filesFor({ folder }: ProblemSet): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !/^\.|^set\.json$/.test(entry.name))
    .map(({ name }) => name);
}

/** Copies a set into the course and has nbgrader make the release of it; whether there was anything to do. */
export async function releaseSet(
  course: string,
  set: ProblemSet,
  nbgrader: () => Promise<NbGrader>,
): Promise<boolean> {
  ensureCourse(course);
  const source = join(course, 'source', set.name);
  const release = join(course, 'release', set.name);
  const files = filesFor(set);
  const isSame = (name: string) =>
    existsSync(join(source, name)) &&
    readFileSync(join(source, name)).equals(readFileSync(join(set.folder, name)));
  if (files.every(isSame) && isReleased(set, release)) return false;
  rmSync(source, { recursive: true, force: true });
  for (const name of files) {
    cpSync(join(set.folder, name), join(source, name));
  }
  await (await nbgrader()).ask({ do: 'release', set: set.name });
  if (isReleased(set, release)) return true;
  rmSync(release, { recursive: true, force: true });
  throw new Error(`${set.name}: what nbgrader released is not the set without solutions and hidden tests; nothing is released.`); // prettier-ignore
}

/** Whether a release has the texts that it should have. */
function isReleased({ name, released }: ProblemSet, release: string): boolean {
  const file = join(release, `${name}.ipynb`);
  if (!existsSync(file)) return false;
  const texts = (cells: ProblemSet['released']['cells']) => cells.map(({ source }) => source);
  return isDeepStrictEqual(texts(readNotebook(file).cells), texts(released.cells));
}

/** A set as it was released. Throws a sentence where it was not. */
export function releasedSet(course: string, name: string): ProblemSet {
  if (!existsSync(join(course, 'release', name, `${name}.ipynb`))) {
    throw new Error(`${name} is not released in ${course}; expected \`npm run course -- release --set ${name}\` before.`); // prettier-ignore
  }
  return readSet(name, join(course, 'source'));
}
