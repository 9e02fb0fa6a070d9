import { spawn } from 'node:child_process';
import { openSync, closeSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { lineReader } from '../../kernel/lines.js';
import { projectRoot } from '../../native/index.js';
import { ownPython } from '../own-venv.js';

/** What nbgrader is asked: an action of bridge.py and what it is about. */
type Request = { readonly do: string } & Readonly<Record<string, unknown>>;

/** nbgrader in a process of Python, which is asked one thing after another. */
export interface NbGrader {
  /** The answer; throws its sentence where nbgrader could not do it. */
  ask<Answer extends object>(request: Request): Promise<Answer>;
  close(): Promise<void>;
}

const BRIDGE = join(projectRoot, 'src', 'setup', 'course', 'bridge.py');

/** Where what nbgrader says goes, in the course's folder. */
const LOG = 'nbgrader.log';

/** Starts nbgrader for a course; makes its environment first where that is not there. */
export async function startNbGrader(course: string): Promise<NbGrader> {
  const python = await ownPython(projectRoot, 'course')();
  const log = openSync(join(course, LOG), 'a');
  const child = spawn(python, [BRIDGE, course], {
    cwd: course,
    stdio: ['pipe', 'pipe', log],
    // It starts programs of its environment by their names.
    env: { ...process.env, PATH: `${dirname(python)}${delimiter}${process.env.PATH ?? ''}` },
  });
  closeSync(log);
  const [stdin, stdout] = [child.stdin!, child.stdout!];
  let waiting: { take(answer: object): void; fail(error: Error): void } | undefined;
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const gone = () =>
    waiting?.fail(new Error(`nbgrader ended before its time; ${join(course, LOG)} says why.`));
  child.on('error', gone);
  child.on('close', gone);
  stdin.on('error', gone);
  stdout.on(
    'data',
    lineReader((line) => waiting?.take(JSON.parse(line) as object)),
  );
  let last: Promise<unknown> = Promise.resolve();
  return {
    ask<Answer extends object>(request: Request) {
      const asked = last.then(
        () =>
          new Promise<Answer>((resolve, reject) => {
            waiting = {
              fail: reject,
              take(answer) {
                const { error } = answer as { error?: string };
                if (error === undefined) resolve(answer as Answer);
                else reject(new Error(`nbgrader: ${error}`));
              },
            };
            stdin.write(`${JSON.stringify(request)}\n`);
          }),
      );
      last = asked.catch(() => undefined);
      return asked;
    },
    async close() {
      await last;
      waiting = undefined;
      stdin.end();
      await ended;
    },
  };
}
