import { collect, exportAll, feedback, grade, release } from './course/actions.js';
import { checkSets } from './course/check.js';
import { serveOptions } from './course/serve/options.js';
import { serveClass } from './course/serve/serve.js';
import { defineCommand, type Command } from './command.js';
import { flag, path, text, type Values } from './option.js';

const options = {
  set: text('psN', 'one problem set (default: all of them)'),
  course: path('DIR', 'folder of the course (default: course)', 'a folder'),
  sets: path('DIR', 'folder of the problem sets (default: notebooks/course)', 'a folder'),
  from: path(
    'DIR',
    'what students handed in: inbound of an exchange, a folder for each student,\nor files named after them',
    'a folder',
  ),
  'without-sandbox': flag(
    'grades with all rights that you have: for work that you trust; reports warn of it',
  ),
  ...serveOptions,
};

type CourseOptions = Values<typeof options>;

/** What can be done with a course, by the word after `course`. */
const ACTIONS: Readonly<Record<string, (asked: CourseOptions) => Promise<number>>> = {
  check: checkSets,
  release,
  collect,
  grade,
  feedback,
  export: exportAll,
  serve: serveClass,
};

interface CourseArguments extends CourseOptions {
  readonly action: string;
}

/** A course: its problem sets are checked, handed out and graded. */
export const courseCommand: Command<CourseArguments> = defineCommand({
  name: 'course',
  usage: `npm run course -- ${Object.keys(ACTIONS).join('|')} [options]`,
  summary: `Problem sets of a course, with nbgrader's folders and gradebook. Each can be called again: what is done is not
done again. The first call but that of check installs nbgrader into .afterfit/course-venv.`,
  operands: {
    check:
      'model solutions get full marks, releases none, each wrong submission\nexactly its marks, and no message tells an answer',
    release: 'makes what students get: no solutions, no hidden tests',
    collect: "copies students' files from --from into the course",
    grade: 'runs what was handed in, each in a sandbox, its tests outside of it',
    feedback: 'renders what students get back',
    export: 'grades as CSV of nbgrader, Canvas and Moodle, results.json of Gradescope',
    serve: 'a class server, JupyterHub, until Ctrl-C',
  },
  options,
  exits: {
    0: 'when all is well',
    1: 'when a set is not as it should be or a submission could not be graded (the same command tries again)',
    2: 'when the input is wrong or bubblewrap, the sandbox, is not there',
    130: 'after Ctrl-C (the same command goes on from there)',
  },
  ask(values, [action = '', ...others]) {
    if (!Object.hasOwn(ACTIONS, action) || others.length > 0) {
      const words = [action, ...others].join(' ');
      throw new Error(`Expected one of ${Object.keys(ACTIONS).join(', ')}, got '${words}'.`);
    }
    return { ...values, action };
  },
  run: ({ action, ...asked }) => ACTIONS[action](asked),
});
