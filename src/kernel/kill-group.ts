import type { ChildProcess } from 'node:child_process';

/**
 * Sends a signal to a process that was started `detached`, so that it leads a group of its own, and to all
 * that it has started in turn; one that has ended by itself is no error. The system does so at one stroke:
 * whatever lists the processes first misses those that are started meanwhile.
 */
export function killGroup(child: ChildProcess, signal: NodeJS.Signals = 'SIGKILL'): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    child.kill(signal);
  }
}
