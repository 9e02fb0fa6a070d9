import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { WORD } from './session-messages.js';

const program = fileURLToPath(new URL('./session/main.js', import.meta.url));

/** How a session is started, where that is not in the front's own folder and environment. */
export interface Launch {
  /** A program and its arguments, behind which the session's own command line stands: a sandbox. */
  readonly wrapper?: readonly string[];
  readonly folder?: string;
  /** All of its environment. */
  readonly environment?: NodeJS.ProcessEnv;
}

/**
 * Starts the process that runs the user's code; its lines begin with `word`. One that could not be started
 * has no `pid`.
 */
export function spawnSession(
  word: string,
  { wrapper = [], folder, environment = process.env }: Launch = {},
): ChildProcess {
  const line = [...wrapper, process.execPath, ...nodeOptions(environment), program];
  return spawn(line[0], line.slice(1), {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe', 'pipe', 'pipe'],
    // A group of its own: an interrupt reaches the programs it waits for, and its end ends them.
    detached: true,
    env: { ...environment, [WORD]: word },
  });
}

/**
 * Megabytes for what code has just made, twice V8's own measure: a cell that makes much at once then has little
 * moved to the old generation, whose collections cost more than those of the young one.
 */
const YOUNG = ['--max-semi-space-size=32'];

/** How `node:test` tells of tests. From Node 24 on it would keep why one failed for the process's end. */
const TESTS = ['--test-reporter=tap'];

function nodeOptions(environment: NodeJS.ProcessEnv): string[] {
  // Interrupting code in a timer leaves Node's record of asynchronous contexts unbalanced, which is
  // harmless unless Node checks it, and then it aborts.
  const options = ['--no-force-async-hooks-checks', ...YOUNG, ...TESTS];
  const heap = Number(environment.AFTERFIT_KERNEL_HEAP);
  if (heap >= 1 && Number.isFinite(heap)) options.push(`--max-old-space-size=${Math.round(heap)}`);
  return options;
}
