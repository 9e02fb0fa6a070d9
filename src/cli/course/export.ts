import { csvFormatRows } from 'd3-dsv';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { writeAtomically } from '../../files/write.js';
import { readNotebook, isTest, markOf } from './notebook.js';
import type { NbGrader } from './nbgrader.js';
import { studentsView } from './feedback.js';

/** A submission as the gradebook has it. */
interface Row {
  readonly student: string;
  readonly first: string | null;
  readonly last: string | null;
  readonly email: string | null;
  readonly set: string;
  readonly score: number;
  readonly points: number;
  readonly cells: readonly { name: string; score: number; points: number; open: boolean }[];
}

interface Dump {
  readonly rows: readonly Row[];
  readonly sets: readonly { readonly name: string; readonly points: number }[];
}

/** Writes the grades for nbgrader, Canvas, Moodle and Gradescope; gives the files, and how many grades are not final. */
export async function exportGrades(
  course: string,
  nbgrader: NbGrader,
  only: string | undefined,
): Promise<{ files: string[]; open: number }> {
  const folder = join(course, 'exports');
  const dump = await nbgrader.ask<Dump>({ do: 'dump' });
  const sets = dump.sets.filter(({ name }) => only === undefined || name === only);
  const rows = dump.rows.filter(({ set }) => sets.some(({ name }) => name === set));
  const grades = join(folder, 'grades.csv');
  writeAtomically(grades, '');
  await nbgrader.ask({ do: 'csv', to: grades });
  const files = [grades];
  const write = (name: string, text: string) => {
    writeAtomically(join(folder, name), text);
    files.push(join(folder, name));
  };
  write('canvas.csv', `${csvFormatRows(canvasRows(rows, sets))}\n`);
  write('moodle.csv', `${csvFormatRows(moodleRows(rows, sets))}\n`);
  for (const row of rows) {
    const results = JSON.stringify(gradescopeResults(course, row), null, 2);
    write(join('gradescope', row.set, row.student, 'results.json'), `${results}\n`);
  }
  const open = rows.filter(({ cells }) => cells.some((cell) => cell.open)).length;
  return { files, open };
}

/** Each student once, with the score of each set, '' for one not handed in. */
function byStudent(rows: readonly Row[], sets: Dump['sets']): { row: Row; scores: string[] }[] {
  const students = [...new Map(rows.map((row) => [row.student, row])).values()];
  return students.map((row) => ({
    row,
    scores: sets.map(({ name }) => {
      const found = rows.find(({ student, set }) => student === row.student && set === name);
      return found ? String(found.score) : '';
    }),
  }));
}

const fullName = ({ first, last, student }: Row): string =>
  last === null || last === '' ? student : `${last}, ${first ?? ''}`;

/** What Canvas imports: students are found by their login. */
function canvasRows(rows: readonly Row[], sets: Dump['sets']): string[][] {
  const blank = ['', '', '', ''];
  return [
    ['Student', 'ID', 'SIS User ID', 'SIS Login ID', 'Section', ...sets.map(({ name }) => name)],
    ['    Points Possible', ...blank, ...sets.map(({ points }) => String(points))],
    ...byStudent(rows, sets).map(({ row, scores }) => [fullName(row), '', '', row.student, '', ...scores]), // prettier-ignore
  ];
}

/** What Moodle imports: students are found by user name or address. */
function moodleRows(rows: readonly Row[], sets: Dump['sets']): string[][] {
  return [
    ['username', 'email', ...sets.map(({ name }) => name)],
    ...byStudent(rows, sets).map(({ row, scores }) => [row.student, row.email ?? '', ...scores]),
  ];
}

/** What Gradescope shows of an autograder's run. */
function gradescopeResults(course: string, { student, set, score, cells }: Row): object {
  const file = join(course, 'autograded', student, set, `${set}.ipynb`);
  const graded = existsSync(file) ? studentsView(readNotebook(file)).cells.filter(isTest) : [];
  const printed = new Map(
    graded.map((cell) => [
      markOf(cell)!.grade_id,
      ((cell.outputs ?? []) as { text: string }[]).map(({ text }) => text).join(''),
    ]),
  );
  return {
    score,
    visibility: 'after_published',
    stdout_visibility: 'hidden',
    tests: cells.map((cell) => ({
      name: cell.name,
      score: cell.score,
      max_score: cell.points,
      output: printed.get(cell.name) ?? (cell.open ? 'Graded by hand.' : ''),
      visibility: 'after_published',
    })),
  };
}
