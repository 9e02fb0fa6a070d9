import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Interrupted } from '../../experiments/settings.js';
import { writeAtomically } from '../../files/write.js';
import { liveLine } from '../live-line.js';
import { stopSignal } from '../stop-signal.js';
import { submitters } from './course-folder.js';
import { gradeSubmission, handedIn, studentSession, type Grading } from './grade-submission.js'; // prettier-ignore
import type { CellSession } from './grading/cell-session.js';
import { startJudge } from './grading/judge.js';
import { sandboxFault } from './grading/sandbox.js';
import { LIMITS } from './grading/student.js';
import { addToJournal, readJournal, reportLine, type Entry } from './journal.js';
import type { NbGrader } from './nbgrader.js';
import type { ProblemSet } from './problem-set.js';

const WARNING =
  'WARNING: graded without a sandbox: what students wrote could do on this machine all that you can.';

/** Grades all submissions of a set that have not been; gives how many could not be. */
export async function gradeSet(
  course: string,
  set: ProblemSet,
  sandbox: boolean,
  nbgrader: () => Promise<NbGrader>,
  limits = LIMITS,
): Promise<number> {
  const fault = sandbox ? sandboxFault(set) : undefined;
  if (fault !== undefined) throw new Error(fault);
  if (!sandbox) console.error(WARNING);
  const journal = readJournal(course, set.name);
  const all = submitters(course, set.name);
  const isDone = (student: string) => {
    const entry = journal.get(student);
    const { key } = handedIn(course, set, student);
    const there = join(course, 'autograded', student, set.name, `${set.name}.ipynb`);
    // What a sandbox was left out for is graded again with one.
    return entry?.key === key && entry.failed === undefined && (entry.sandbox || !sandbox) && existsSync(there); // prettier-ignore
  };
  const left = all.filter((each) => !isDone(each));
  const line = liveLine(process.stderr);
  if (left.length > 0) {
    const judge = startJudge(set);
    const grading = { course, set, judge, nbgrader: await nbgrader(), sandbox, limits };
    try {
      await gradeAll(grading, left, all.length, journal, line);
    } finally {
      judge.close();
      line.end();
    }
  }
  const entries = all.flatMap((student) => journal.get(student) ?? []);
  const file = writeReport(course, set.name, entries);
  console.log(`${set.name}: ${all.length} handed in, ${left.length} graded now; ${file}`);
  return entries.filter(({ failed }) => failed !== undefined).length;
}

async function gradeAll(
  grading: Grading,
  left: readonly string[],
  count: number,
  journal: Map<string, Entry>,
  line: ReturnType<typeof liveLine>,
): Promise<void> {
  const signal = stopSignal();
  const { course, set } = grading;
  // A session takes its time to start: the next student's does so while this one's is at work.
  let next: CellSession | undefined = studentSession(grading);
  try {
    for (const [k, student] of left.entries()) {
      if (signal.aborted)
        throw new Interrupted('Interrupted; the same command goes on from there.');
      line.update(`${set.name}: ${count - left.length + k + 1} of ${count}, ${student}`);
      let mine: CellSession | undefined = next;
      next = k + 1 < left.length ? studentSession(grading) : undefined;
      const entry = await gradeSubmission(grading, student, () => {
        const ready = mine?.isOver() === false ? mine : studentSession(grading);
        mine = undefined;
        return ready;
      });
      // Where nothing was run it is still there.
      mine?.close();
      addToJournal(course, set.name, entry);
      journal.set(entry.student, entry);
      line.say(reportLine(entry));
    }
  } finally {
    next?.close();
  }
}

/** The report of a set: a line for each student. */
function writeReport(course: string, set: string, entries: readonly Entry[]): string {
  const file = join(course, 'reports', `${set}.txt`);
  const warning = entries.some(({ sandbox }) => !sandbox) ? [WARNING] : [];
  writeAtomically(file, [...warning, ...entries.map(reportLine), ''].join('\n'));
  return file;
}
