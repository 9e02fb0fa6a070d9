import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import { testPython } from './client-process.js';
import { processesMarked } from './processes.js';

/** How a program ended and what it said. */
export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProgramOptions {
  readonly folder?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Seconds until it is killed with all that it started. */
  readonly patience?: number;
}

/** A program of the project's virtual environment by its name, such as `jupyter-nbconvert`. */
export function inVenv(name: string): string {
  return join(dirname(testPython()), name);
}

/** Jupyter starts kernels in groups of their own; by this variable they are found all the same. */
const MARK = 'AFTERFIT_TEST_PROGRAM';

/** Runs a program to its end; all that it started goes with it, kernels too, however it ends. */
export function runProgram(
  command: string,
  args: readonly string[],
  { folder, environment, patience = 45 }: ProgramOptions = {},
): Promise<Ended> {
  const mark = randomUUID();
  const child = spawn(command, args, {
    cwd: folder,
    env: { ...process.env, ...environment, [MARK]: mark },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => (said[name] += text));
  }
  const killAll = () => {
    for (const pid of processesMarked(MARK, mark)) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It ended in between.
      }
    }
  };
  process.once('exit', killAll);
  const timer = setTimeout(killAll, patience * 1000);
  return new Promise((resolve, reject) => {
    const finish = () => {
      clearTimeout(timer);
      process.off('exit', killAll);
      killAll();
    };
    child.once('error', (error) => {
      finish();
      reject(error);
    });
    child.once('close', (status) => {
      finish();
      resolve({ status, ...said });
    });
  });
}
