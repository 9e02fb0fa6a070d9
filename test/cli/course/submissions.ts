import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Limits } from '../../../src/cli/course/grading/student.js';
import type { Cell } from '../../../src/cli/course/notebook.js';
import { demoSet } from './demo-set.js';
import type { ChildReport } from './grade-child.js';

const set = demoSet();

/** Right answers to the small set. */
export const RIGHT = {
  f1: `function normalizedMargin(w: number[], X: number[][], y: number[]): number {
  const norm = Math.hypot(...w);
  return Math.min(...X.map((x, i) => y[i] * x.reduce((s, v, j) => s + v * w[j], 0))) / norm;
}`,
  f2: 'function logRisk(margins: number[]): number { return logSumExp(margins.map((m) => -m)); }',
  words: 'The risk goes to 0 whatever the direction; the margin is scale free.',
};

/** Wrong ones, whose bodies do something else besides. */
export const wrongWith = (f1 = '', f2 = f1): Readonly<Record<string, string>> => ({
  f1: `function normalizedMargin(w: number[], X: number[][], y: number[]): number {\n${f1}\n  return 0;\n}`,
  f2: `function logRisk(margins: number[]): number {\n${f2}\n  return 0;\n}`,
});

/** The text of a notebook file with these answers, and cells of the student's own behind the first ones. */
export function notebookText(
  answers: Readonly<Record<string, string>>,
  own: readonly string[] = [],
  change: (cells: Cell[]) => unknown = () => undefined,
): string {
  const cells: Cell[] = set.released.cells.map((cell) => ({
    ...cell,
    source: answers[cell.metadata.nbgrader?.grade_id ?? ''] ?? cell.source,
  }));
  cells.splice(
    2,
    0,
    ...own.map((source) => ({ cell_type: 'code', source, metadata: {}, outputs: [] })),
  );
  change(cells);
  return JSON.stringify({ ...set.released, cells });
}

/** A folder of a course in which nothing is handed in. */
export const emptyCourse = (): string => mkdtempSync(join(tmpdir(), 'afterfit-course-'));

/** Hands something in; gives the file's path. */
export function handIn(course: string, student: string, text: string): string {
  const place = join(course, 'submitted', student, 'demo');
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, 'timestamp.txt'), '2026-11-20 10:00:00 UTC');
  const file = join(place, 'demo.ipynb');
  writeFileSync(file, text);
  return file;
}

/** Grades all that is handed in, in a process of its own. */
export function gradeAll(
  course: string,
  way: 'sandbox' | 'bare',
  limits: Limits,
): Promise<ChildReport> {
  const program = fileURLToPath(new URL('./grade-child.js', import.meta.url));
  const child = spawn(process.execPath, [program, course, way, JSON.stringify(limits)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (text: Buffer) => (said += text.toString()));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => {
      if (status === 0) resolve(JSON.parse(said) as ChildReport);
      else reject(new Error(`It ended with ${status}: ${said}`));
    });
  });
}

/** Command lines of processes that run cells of the small set. */
export function sessionsLeft(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      } catch {
        return [];
      }
    })
    .filter((line) => line.includes('/notebooks/course/demo') || line.includes('HOSTILE'));
}
