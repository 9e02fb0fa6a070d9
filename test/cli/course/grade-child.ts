/**
 * Grades the small set in a process of its own, with a gradebook that is a table: `node grade-child.js COURSE SANDBOX LIMITS`.
 * Prints the scores, the lines of the report and the most memory that this process had.
 */
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { gradeSet } from '../../../src/cli/course/grade.js';
import type { Limits } from '../../../src/cli/course/grading/student.js';
import { readJournal, reportLine } from '../../../src/cli/course/journal.js';
import type { NbGrader } from '../../../src/cli/course/nbgrader.js';
import { demoSet } from './demo-set.js';

/** What a test is told. */
export interface ChildReport {
  readonly scores: Readonly<Record<string, Readonly<Record<string, number | null>>>>;
  readonly lines: readonly string[];
  readonly megabytes: number;
  readonly failed: number;
}

interface Asked {
  readonly do: string;
  readonly student: string;
  readonly scores: ChildReport['scores'][string];
  readonly notebook: string;
}

const [course, sandbox, limits] = process.argv.slice(2);
const scores: Record<string, ChildReport['scores'][string]> = {};
const nbgrader = {
  async ask(request: object) {
    const asked = request as Asked;
    if (asked.do === 'forget') delete scores[asked.student];
    if (asked.do !== 'grade') return {};
    scores[asked.student] = asked.scores;
    const place = join(course, 'autograded', asked.student, 'demo');
    mkdirSync(place, { recursive: true });
    cpSync(asked.notebook, join(place, 'demo.ipynb'));
    return {};
  },
  close: () => Promise.resolve(),
} as NbGrader;
mkdirSync(join(course, 'journal'), { recursive: true });
const { log, error } = console;
console.log = console.error = () => undefined;
const set = demoSet();
const failed = await gradeSet(course, set, sandbox === 'sandbox', async () => nbgrader, JSON.parse(limits) as Limits); // prettier-ignore
Object.assign(console, { log, error });
const lines = [...readJournal(course, 'demo').values()].map(reportLine);
// Of this process itself, in kilobytes.
const megabytes = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ scores, lines, megabytes, failed } satisfies ChildReport));
process.exit(0);
