import { Worker } from 'node:worker_threads';
import type { ClaimTask } from './claim-runs.js';
import type { ClaimEvent } from './outcome.js';

/** Runs claims and tells what happens; ends early, without an error, when the signal is given. */
export type RunClaims = (
  task: ClaimTask,
  emit: (event: ClaimEvent) => void,
  signal: AbortSignal,
) => Promise<void>;

/** Runs claims in a thread of their own. Rejects where the thread itself breaks down. */
export const runClaimsInThread: RunClaims = async (task, emit, signal) => {
  if (task.ids.length === 0 || signal.aborted) return;
  const worker = new Worker(new URL('./claims-worker.js', import.meta.url), { workerData: task });
  const stop = () => void worker.terminate();
  signal.addEventListener('abort', stop);
  try {
    await new Promise<void>((resolve, reject) => {
      worker.on('message', emit);
      worker.once('error', reject);
      worker.once('exit', () => resolve());
    });
  } finally {
    signal.removeEventListener('abort', stop);
  }
};
