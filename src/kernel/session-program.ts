import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { WORD } from './session-messages.js';

const program = fileURLToPath(new URL('./session/main.js', import.meta.url));

/**
 * Starts the process that runs the user's code; its lines begin with `word`. One that could not be started
 * has no `pid`.
 */
export function spawnSession(word: string): ChildProcess {
  return spawn(process.execPath, [...nodeOptions(), program], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe', 'pipe', 'pipe'],
    // A group of its own: an interrupt reaches the programs it waits for, and its end ends them.
    detached: true,
    env: { ...process.env, [WORD]: word },
  });
}

function nodeOptions(): string[] {
  // Interrupting code in a timer leaves Node's record of asynchronous contexts unbalanced, which is
  // harmless unless Node checks it, and then it aborts.
  const options = ['--no-force-async-hooks-checks'];
  const heap = Number(process.env.AFTERFIT_KERNEL_HEAP);
  if (heap >= 1 && Number.isFinite(heap)) options.push(`--max-old-space-size=${Math.round(heap)}`);
  return options;
}
