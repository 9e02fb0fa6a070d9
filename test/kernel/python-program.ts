import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { testPython } from './client-process.js';

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

/** Runs a program to its end; its whole process group goes with it, however it ends. */
export function runProgram(
  command: string,
  args: readonly string[],
  { folder, environment, patience = 45 }: ProgramOptions = {},
): Promise<Ended> {
  const child = spawn(command, args, {
    cwd: folder,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => (said[name] += text));
  }
  const killGroup = () => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // Nothing of it is left.
    }
  };
  process.once('exit', killGroup);
  const timer = setTimeout(killGroup, patience * 1000);
  return new Promise((resolve, reject) => {
    const finish = () => {
      clearTimeout(timer);
      process.off('exit', killGroup);
      killGroup();
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
