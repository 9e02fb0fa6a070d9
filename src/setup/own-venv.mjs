/**
 * A program that commands start before they first need tools of their own: `bench` for those that are
 * compared, `sweep` for the workflow, `course` for nbgrader and the hub. It makes the virtual environment where
 * that is not there yet, and prints the path of its Python.
 */
import { benchSteps } from './bench-steps.mjs';
import { classSteps, courseSteps } from './course-steps.mjs';
import { ensureSetup } from './ensure.mjs';
import { benchPython, coursePython, sweepPython } from './environment.mjs';
import { say } from './progress.mjs';
import { Sentence } from './sentence.mjs';
import { sweepSteps } from './sweep-steps.mjs';

/** @type {Record<string, { among: import('./steps.mjs').Step[], python: string }>} */
const environments = {
  bench: { among: benchSteps, python: benchPython },
  course: { among: courseSteps, python: coursePython },
  class: { among: classSteps, python: coursePython },
  sweep: { among: sweepSteps, python: sweepPython },
};

try {
  const { among, python } = environments[process.argv[2]];
  await ensureSetup({ among });
  process.stdout.write(`${python}\n`);
} catch (error) {
  if (!(error instanceof Sentence)) throw error;
  say(error.message);
  process.exitCode = error.status;
}
