import { readdirSync, readFileSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds between asking processes to end and ending them. */
const GRACE = 1500;

/** Processes of this machine, where it has a list of them as files. */
function processes(): number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}

const MARK = 'AFTERFIT_CLASS_ID=';

/** Whether a process carries the mark of the class `id`; or none at all, and one of its numbers. */
function belongs(pid: number, id: string, numbers: ReadonlySet<number>): boolean {
  try {
    const environment = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
    const mark = environment.find((entry) => entry.startsWith(MARK));
    return mark === undefined ? numbers.has(statSync(`/proc/${pid}`).uid) : mark === MARK + id;
  } catch {
    // It has ended, or is not ours to look at.
    return false;
  }
}

/**
 * Ends what people of a class have left running. `numbers` are those that nobody but this class has; of others
 * only what still carries the class's mark is found.
 */
export async function endLeftovers(id: string, numbers: ReadonlySet<number>): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    const left = processes().filter((pid) => pid !== process.pid && belongs(pid, id, numbers));
    if (left.length === 0) return;
    for (const pid of left) {
      try {
        process.kill(pid, signal);
      } catch {
        // It has ended meanwhile.
      }
    }
    if (signal === 'SIGTERM') await sleep(GRACE);
  }
}
