import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('./session/main.js', import.meta.url));

/** Starts the process that runs the user's code. One that could not be started has no `pid`. */
export function spawnSession(): ChildProcess {
  return spawn(process.execPath, [...nodeOptions(), program], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe', 'pipe', 'pipe'],
    // A group of its own: an interrupt reaches the programs it waits for, and its end ends them.
    detached: true,
  });
}

function nodeOptions(): string[] {
  // Interrupting code in a timer leaves Node's record of asynchronous contexts unbalanced, which is
  // harmless unless Node checks it, and then it aborts.
  //
  // A heap that grows by less at a time: the compiler makes much that lives for one cell, and V8 would
  // let hundreds of megabytes of it gather before it looks.
  const options = ['--no-force-async-hooks-checks', '--heap-growing-percent=20'];
  options.push('--max-semi-space-size=4');
  const heap = Number(process.env.AFTERFIT_KERNEL_HEAP);
  if (heap >= 1 && Number.isFinite(heap)) options.push(`--max-old-space-size=${Math.round(heap)}`);
  return options;
}
