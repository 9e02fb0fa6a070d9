import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeAtomically } from '../../files/write.js';
import { isTest, readNotebook, type Cell, type Notebook } from './notebook.js';
import type { NbGrader } from './nbgrader.js';
import { visibleTests } from './regions.js';

/** Lines of tests that a student sees: names of properties and points. */
const LINE = /^(Yes|Not yet): .* \([\d.]+ of [\d.]+ points?\)$|^.+: [\d.]+ of [\d.]+ points? in these tests\.$/; // prettier-ignore

/** A graded notebook as its student sees it: no hidden test, and of what tests print only the lines of `marking`. */
export function studentsView(notebook: Notebook): Notebook {
  return {
    ...notebook,
    cells: notebook.cells.map((cell) => (isTest(cell) ? shownTest(cell) : cell)),
  };
}

function shownTest(cell: Cell): Cell {
  const outputs = (cell.outputs ?? []) as { output_type: string; text?: string | string[] }[];
  const printed = outputs.flatMap(({ text = '' }) => [text].flat().join('').split('\n'));
  const lines = printed.filter((line) => LINE.test(line));
  if (outputs.some(({ output_type: type }) => type === 'error')) {
    lines.push('The tests of this cell did not run to their end.');
  }
  const shown = { output_type: 'stream', name: 'stdout', text: lines.map((line) => `${line}\n`).join('') }; // prettier-ignore
  return {
    ...cell,
    source: visibleTests(cell.source),
    outputs: lines.length === 0 ? [] : [shown],
  };
}

/** Renders the feedback of one student; false where there is no graded notebook. */
export async function renderFeedback(
  course: string,
  set: string,
  student: string,
  nbgrader: NbGrader,
): Promise<boolean> {
  const graded = join(course, 'autograded', student, set, `${set}.ipynb`);
  if (!existsSync(graded)) return false;
  const drafts = join(course, 'journal', 'feedback');
  rmSync(drafts, { recursive: true, force: true });
  const [inside, outside] = ['inside', 'outside'].map((name) => join(drafts, name));
  const view = JSON.stringify(studentsView(readNotebook(graded)));
  writeAtomically(join(inside, student, set, `${set}.ipynb`), view);
  const request = { inside: 'journal/feedback/inside', outside: 'journal/feedback/outside' };
  await nbgrader.ask({ do: 'feedback', set, student, ...request });
  const place = join(course, 'feedback', student, set);
  mkdirSync(join(course, 'feedback', student), { recursive: true });
  rmSync(place, { recursive: true, force: true });
  renameSync(join(outside, student, set), place);
  rmSync(drafts, { recursive: true, force: true });
  return true;
}
