import { spawn, spawnSync, type ChildProcess, type SpawnSyncReturns } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SweepSpec } from '../../../src/specs/index.js';
import { projectRoot } from '../../helpers/project-root.js';

const program = join(projectRoot(), 'dist', 'cli', 'main.js');

/** The file of a sweep. */
export function sweepFileIn(folder: string, sweep: SweepSpec): string {
  const path = join(folder, `${sweep.name}.json`);
  writeFileSync(path, JSON.stringify(sweep));
  return path;
}

/** Runs the command to its end. */
export function sweepCommand(
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [program, 'sweep', ...args], { encoding: 'utf8', env });
}

/** Starts it, and gives the process with a promise of how it ends. */
export function startSweep(args: readonly string[]): {
  child: ChildProcess;
  ended: Promise<{ status: number | null; stderr: string; stdout: string }>;
} {
  const child = spawn(process.execPath, [program, 'sweep', ...args]);
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8');
    child[name].on('data', (text: string) => (said[name] += text));
  }
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { child, ended: ended.then((status) => ({ status, ...said })) };
}
