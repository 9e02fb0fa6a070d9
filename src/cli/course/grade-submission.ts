import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { lookAt } from '../../files/paths.js';
import { writeAtomically } from '../../files/write.js';
import { startCells, type CellSession } from './grading/cell-session.js';
import { gradeNotebook, type Graded } from './grading/grade.js';
import type { Judge } from './grading/judge.js';
import { bytesOfStudent, preflight } from './grading/preflight.js';
import type { Submission } from './grading/read-submission.js';
import { MEMORY, sandboxed } from './grading/sandbox.js';
import { startStudent, type Limits } from './grading/student.js';
import type { Entry } from './journal.js';
import type { NbGrader } from './nbgrader.js';
import { isAnswer, isByHand, isTest, markOf } from './notebook.js';
import { rebuilt, testCells, workFolder, type ProblemSet } from './problem-set.js';

/** What one submission is graded with. */
export interface Grading {
  readonly course: string;
  readonly set: ProblemSet;
  readonly judge: Judge;
  readonly nbgrader: NbGrader;
  readonly sandbox: boolean;
  readonly limits: Limits;
}

/** A file as it lies in `submitted`, and what tells it and its tests from others. */
interface HandedIn {
  readonly bytes: Uint8Array | { readonly refused: string };
  readonly key: string;
}

/** Reads what a student handed in, without following links. */
export function handedIn(course: string, set: ProblemSet, student: string): HandedIn {
  const path = join(student, set.name, `${set.name}.ipynb`);
  const bytes = bytesOfStudent(join(course, 'submitted'), path);
  const key = createHash('sha256').update(JSON.stringify(set.source));
  key.update('refused' in bytes ? bytes.refused : bytes);
  return { bytes, key: key.digest('hex') };
}

/** A session for what a student wrote. */
export const studentSession = ({ set, sandbox }: Pick<Grading, 'set' | 'sandbox'>): CellSession =>
  sandbox ? startCells(sandboxed(set), MEMORY) : startCells({ folder: workFolder(set) });

/**
 * Grades one submission and hands its points to nbgrader. Points of an earlier one are taken away first, so that none stay
 * where this goes wrong.
 */
export async function gradeSubmission(
  grading: Grading,
  student: string,
  start: () => CellSession,
): Promise<Entry> {
  const { course, set, nbgrader, sandbox } = grading;
  const { bytes, key } = handedIn(course, set, student);
  const possible = testCells(set.source).reduce((sum, { points }) => sum + points, 0);
  const entry = { student, key, possible, sandbox, byHand: false, earned: 0 };
  await nbgrader.ask({ do: 'forget', set: set.name, student });
  try {
    const submission = await submissionOf(course, set, bytes);
    const refused = 'refused' in submission ? submission.refused : undefined;
    const graded = 'refused' in submission ? nothingOf(set) : await run(grading, submission, start);
    const answers = 'refused' in submission ? new Map<string, string>() : submission.answers;
    const { scores, unanswered } = scoresOf(set, graded.points, answers, refused !== undefined);
    const notebook = join(course, 'journal', 'draft', `${student}.json`);
    writeAtomically(notebook, JSON.stringify(graded.notebook));
    const timestamp = timestampOf(course, set, student);
    await nbgrader.ask({ do: 'grade', set: set.name, student, timestamp, notebook, scores, unanswered }); // prettier-ignore
    rmSync(notebook, { force: true });
    const earned = Object.values(graded.points).reduce((sum, points) => sum + points, 0);
    const notes = 'refused' in submission ? [] : [...submission.notes, ...graded.notes];
    const byHand = Object.values(scores).includes(null);
    return { ...entry, earned, byHand, notes, ...(refused === undefined ? {} : { refused }) };
  } catch (error) {
    return { ...entry, notes: [], failed: (error as Error).message.split('\n')[0] };
  }
}

async function submissionOf(
  course: string,
  set: ProblemSet,
  bytes: HandedIn['bytes'],
): Promise<Submission> {
  if ('refused' in bytes) return bytes;
  const drafts = join(course, 'journal', 'draft');
  mkdirSync(drafts, { recursive: true });
  const copy = join(drafts, 'reading.ipynb');
  writeAtomically(copy, bytes);
  const found = await preflight(copy, set);
  rmSync(copy, { force: true });
  return found;
}

async function run(
  { set, judge, limits }: Grading,
  submission: Exclude<Submission, { refused: string }>,
  start: () => CellSession,
): Promise<Graded> {
  const student = startStudent(start, limits);
  try {
    return await gradeNotebook(rebuilt(set, submission), student, judge);
  } finally {
    student.close();
  }
}

/** No points, and the notebook as it was handed out. */
function nothingOf(set: ProblemSet): Graded {
  const points = Object.fromEntries(testCells(set.source).map(({ id }) => [id, 0]));
  return { notebook: rebuilt(set, { answers: new Map() }), points, notes: [] };
}

/** The points of each graded cell, null where somebody has to give them, and the answers that were left out. */
function scoresOf(
  set: ProblemSet,
  points: Readonly<Record<string, number>>,
  answers: ReadonlyMap<string, string>,
  isRefused: boolean,
): { scores: Record<string, number | null>; unanswered: string[] } {
  const scores: Record<string, number | null> = {};
  const unanswered: string[] = [];
  set.released.cells.forEach((cell) => {
    const id = markOf(cell)?.grade_id;
    if (id === undefined) return;
    const isEmpty =
      isAnswer(cell) && (answers.get(id) ?? cell.source).trim() === cell.source.trim();
    if (isEmpty) unanswered.push(id);
    if (isTest(cell)) scores[id] = points[id];
    else if (isByHand(cell)) scores[id] = isEmpty || isRefused ? 0 : null;
  });
  return { scores, unanswered };
}

/** When it was handed in: what collecting wrote, or else the time of the file. */
function timestampOf(course: string, { name }: ProblemSet, student: string): string {
  const place = join(course, 'submitted', student, name);
  const stamp = join(place, 'timestamp.txt');
  const found = lookAt(stamp) ? readFileSync(stamp, 'utf8').slice(0, 100).trim() : '';
  if (/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)? UTC$/.test(found)) return found;
  const time = statSync(place).mtime.toISOString();
  return `${time.slice(0, 19).replace('T', ' ')} UTC`;
}
