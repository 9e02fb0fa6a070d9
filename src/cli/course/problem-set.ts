import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../native/index.js';
import { isAnswer, isGraded, isTest, markOf, readNotebook, type Cell, type Notebook } from './notebook.js'; // prettier-ignore
import { releasedNotebook } from './regions.js';

/** A problem set: the notebook that all else is made of. */
export interface ProblemSet {
  readonly name: string;
  /** The folder of its source, in which its cells run. */
  readonly folder: string;
  /** With solutions and all tests. */
  readonly source: Notebook;
  /** As students get it. */
  readonly released: Notebook;
}

/** Where the problem sets that come with the project lie. */
export const SETS = join(projectRoot, 'notebooks', 'course');

/** Where cells of a set run outside of a sandbox: below the project, so that they find the kit. */
export function workFolder({ name, folder }: Pick<ProblemSet, 'name' | 'folder'>): string {
  if (folder.startsWith(`${projectRoot}/`)) return folder;
  const own = join(SETS, name);
  return existsSync(own) ? own : join(projectRoot, 'notebooks');
}

/** Names of the problem sets in a folder, in order. */
export function setNames(folder = SETS): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, `${name}.ipynb`)))
    .sort();
}

/** Reads a problem set and checks what all else rests on. Throws one sentence where it does not hold. */
export function readSet(name: string, sets = SETS): ProblemSet {
  const folder = join(sets, name);
  const source = readNotebook(join(folder, `${name}.ipynb`));
  const fault = setFault(source);
  if (fault !== undefined) throw new Error(`${name}: ${fault}`);
  return { name, folder, source, released: releasedNotebook(source) };
}

function setFault({ cells }: Notebook): string | undefined {
  const seen = new Set<string>();
  for (const cell of cells) {
    const mark = markOf(cell);
    if (!mark) continue;
    const { grade_id: id, points } = mark;
    if (typeof id !== 'string' || !/^[\w-]+$/.test(id)) {
      return `the grade_id ${JSON.stringify(id)} is none; expected letters, digits, '_' and '-'.`;
    }
    if (seen.has(id)) return `two cells are called ${id}; expected a grade_id for one cell alone.`;
    seen.add(id);
    if (isGraded(cell) && !(Number(points) > 0)) return `${id} has no points; expected some.`;
    if (isTest(cell) && mark.locked !== true) return `${id} is not locked; expected tests to be.`;
  }
  return undefined;
}

/** The cells of tests of a notebook, with what they are called and worth. */
export function testCells(notebook: Notebook): { cell: Cell; id: string; points: number }[] {
  return notebook.cells.filter(isTest).map((cell) => {
    const { grade_id: id, points = 0 } = markOf(cell)!;
    return { cell, id, points };
  });
}

/** What a student wrote: the text of each answer by its grade_id, and code cells of the student's own. */
export interface Answers {
  readonly answers: ReadonlyMap<string, string>;
  /** Texts of further code cells, each behind the given cell that it followed; '' for the beginning. */
  readonly own?: readonly { readonly after: string; readonly source: string }[];
}

/** The given cells of a set, all tests included, with a student's answers in place of the stubs. */
export function rebuilt(
  { source, released }: ProblemSet,
  { answers, own = [] }: Answers,
): Notebook {
  const ownAfter = (id: string): Cell[] =>
    own
      .filter(({ after }) => after === id)
      .map(({ source: text }) => ({ cell_type: 'code', source: text, metadata: {} }));
  const cells = source.cells.flatMap((cell, k) => {
    const id = markOf(cell)?.grade_id;
    const text = isAnswer(cell) ? (answers.get(id!) ?? released.cells[k].source) : cell.source;
    return [{ ...cell, source: text }, ...(id === undefined ? [] : ownAfter(id))];
  });
  return { ...source, cells: [...ownAfter(''), ...cells] };
}
