import { checkSets } from './course/check.js';
import { serveOptions } from './course/serve/options.js';
import { serveClass } from './course/serve/serve.js';
import { defineCommand, type Command } from './command.js';
import { path, text, type Values } from './option.js';

const options = {
  set: text('psN', 'one problem set (default: all of them)'),
  sets: path('DIR', 'folder of the problem sets (default notebooks/course)', 'a folder'),
  ...serveOptions,
};

type CourseOptions = Values<typeof options>;

/** What can be done with a course, by the word after `course`. */
const ACTIONS: Readonly<Record<string, (asked: CourseOptions) => Promise<number>>> = {
  check: checkSets,
  serve: serveClass,
};

interface CourseArguments extends CourseOptions {
  readonly action: string;
}

/** A course: its problem sets are checked, handed out and graded. */
export const courseCommand: Command<CourseArguments> = defineCommand({
  name: 'course',
  usage: 'npm run course -- check|serve [options]',
  summary: `Problem sets of a course. check: the model solution of each set gets full marks, the untouched
release none, each wrong submission exactly its marks, and no message tells an answer.
serve: a class server, JupyterHub, until Ctrl-C.`,
  options,
  exits: {
    0: 'when all is well',
    1: 'when a set is not as it should be',
    2: 'when the input is wrong',
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
