import { installNativeLinearAlgebra } from '../../native/index.js';
import { callsFor, secondsPerCall } from './timed-calls.js';

/**
 * A turn of a side of ours: seconds for one call with one thread, or with as many as are lent,
 * whichever is faster in this turn. The peers choose in the same way.
 */
export function fastestThreads(call: () => void, turn: number): () => number {
  const lent = process.env.AFTERFIT_THREADS;
  const counts = [...new Set(['1', lent ?? '1'])];
  const calls = new Map<string, number>();
  return () => {
    const seconds = counts.map((count) => {
      setThreads(count);
      if (!calls.has(count)) calls.set(count, callsFor(call, turn));
      return secondsPerCall(call, calls.get(count)!);
    });
    setThreads(lent);
    return Math.min(...seconds);
  };
}

function setThreads(count: string | undefined): void {
  if (count === undefined) delete process.env.AFTERFIT_THREADS;
  else process.env.AFTERFIT_THREADS = count;
  installNativeLinearAlgebra();
}
