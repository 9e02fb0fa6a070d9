import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fromUsersFolder } from '../files.js';
import { collectFrom } from './collect.js';
import { ensureCourse, holdCourse, submitters } from './course-folder.js';
import { exchangeHere, giveBack, handOut } from './exchange.js';
import { exportGrades } from './export.js';
import { renderFeedback } from './feedback.js';
import { gradeSet } from './grade.js';
import { startNbGrader, type NbGrader } from './nbgrader.js';
import { readSet, setNames, SETS } from './problem-set.js';
import { releasedSet, releaseSet } from './release.js';

/** What the command was told. */
export interface CourseOptions {
  readonly set: string | undefined;
  readonly sets: string | undefined;
  readonly course: string | undefined;
  readonly from: string | undefined;
  readonly 'without-sandbox': boolean;
}

/** A course at hand, and the way to nbgrader, which is started when it is first needed. */
interface Place {
  readonly course: string;
  readonly nbgrader: () => Promise<NbGrader>;
}

/** Does something in the course's folder while nobody else does. */
async function inCourse(asked: CourseOptions, work: (place: Place) => Promise<number>) {
  const course = fromUsersFolder(asked.course ?? 'course');
  ensureCourse(course);
  const release = holdCourse(course);
  let started: Promise<NbGrader> | undefined;
  try {
    return await work({ course, nbgrader: () => (started ??= startNbGrader(course)) });
  } finally {
    await started?.then(
      (nbgrader) => nbgrader.close(),
      () => undefined,
    );
    release();
  }
}

/** The sets meant: the one named, or all that are released. */
function releasedNames(course: string, { set }: CourseOptions): string[] {
  if (set !== undefined) return [set];
  const names = setNames(join(course, 'source'));
  if (names.length === 0) {
    throw new Error(
      `No set is released in ${course}; expected \`npm run course -- release\` before.`,
    );
  }
  return names;
}

/** Makes releases: all sets that there are, or the one named. */
export const release = (asked: CourseOptions): Promise<number> =>
  inCourse(asked, async ({ course, nbgrader }) => {
    const folder = asked.sets === undefined ? SETS : fromUsersFolder(asked.sets);
    const names = asked.set === undefined ? setNames(folder) : [asked.set];
    if (names.length === 0) throw new Error(`${folder}: there is no problem set.`);
    for (const name of names) {
      const isNew = await releaseSet(course, readSet(name, folder), nbgrader);
      const place = join(course, 'release', name);
      console.log(isNew ? `${name}: released in ${place}` : `${name}: released as it is`);
      const exchange = exchangeHere();
      if (exchange === undefined) continue;
      handOut(course, name, exchange);
      console.log(`${name}: handed out to the class`);
    }
    return 0;
  });

/** Copies what was handed in into the course. */
export const collect = (asked: CourseOptions): Promise<number> =>
  inCourse(asked, async ({ course }) => {
    const { set } = asked;
    const exchange = exchangeHere();
    const from = asked.from ?? (exchange && join(exchange, 'inbound'));
    if (from === undefined || set === undefined) {
      throw new Error(
        'collect asks for --set psN and for --from DIR, the folder of what was handed in.',
      );
    }
    const folder = fromUsersFolder(from);
    if (!existsSync(folder)) throw new Error(`${folder}: no such folder.`);
    const collected = collectFrom(course, set, folder);
    for (const { student, said, isRefused } of collected) {
      console.log(`${student.padEnd(20)}  ${isRefused ? 'refused: ' : ''}${said}`);
    }
    console.log(`${set}: ${submitters(course, set).length} handed in`);
    return 0;
  });

/** Grades what was handed in and is not graded yet. */
export const grade = (asked: CourseOptions): Promise<number> =>
  inCourse(asked, async ({ course, nbgrader }) => {
    let failed = 0;
    for (const name of releasedNames(course, asked)) {
      const set = releasedSet(course, name);
      failed += await gradeSet(course, set, !asked['without-sandbox'], nbgrader);
    }
    return failed === 0 ? 0 : 1;
  });

/** Renders what students get to see of their graded work. */
export const feedback = (asked: CourseOptions): Promise<number> =>
  inCourse(asked, async ({ course, nbgrader }) => {
    for (const name of releasedNames(course, asked)) {
      let count = 0;
      for (const student of submitters(course, name)) {
        if (await renderFeedback(course, name, student, await nbgrader())) count++;
      }
      console.log(`${name}: feedback for ${count}, in ${join(course, 'feedback')}`);
      const exchange = exchangeHere();
      if (exchange === undefined) continue;
      const given = submitters(course, name).filter((one) => giveBack(course, name, one, exchange));
      console.log(`${name}: given back to ${given.length}`);
    }
    return 0;
  });

/** Writes grades for others to import. */
export const exportAll = (asked: CourseOptions): Promise<number> =>
  inCourse(asked, async ({ course, nbgrader }) => {
    const { files, open } = await exportGrades(course, await nbgrader(), asked.set);
    console.log(files.join('\n'));
    if (open > 0) console.log(`${open} of these grades wait for points by hand, or to be graded.`);
    return 0;
  });
