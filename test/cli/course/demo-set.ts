import { join } from 'node:path';
import { readSet, type ProblemSet } from '../../../src/cli/course/problem-set.js';
import { projectRoot } from '../../helpers/project-root.js';

/** Where a small problem set lies: two functions and an answer in words. */
export const DEMO_SETS = join(projectRoot(), 'test', 'cli', 'course', 'sets');

export const demoSet = (): ProblemSet => readSet('demo', DEMO_SETS);
