import { readdirSync, readFileSync } from 'node:fs';

/** Milliseconds between two looks. */
const EVERY = 200;
/** Bytes of a page of memory, on nearly every machine; where pages are larger the limit is lower. */
const PAGE = 4096;

interface Process {
  readonly parent: number;
  readonly bytes: number;
}

/** All processes of the machine that one may see. */
function processes(): Map<number, Process> {
  const found = new Map<number, Process>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      // The name of the program, in brackets, may hold spaces.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      found.set(Number(name), { parent: Number(fields[1]), bytes: PAGE * Number(fields[21]) });
    } catch {
      // It has just ended.
    }
  }
  return found;
}

/** Bytes of memory of a process and all below it. */
function memoryBelow(pid: number): number {
  const all = processes();
  const isBelow = (each: number): boolean => {
    for (let at = each, k = 0; at > 1 && k < 200; at = all.get(at)?.parent ?? 0, k++) {
      if (at === pid) return true;
    }
    return false;
  };
  let bytes = 0;
  for (const [each, process] of all) if (isBelow(each)) bytes += process.bytes;
  return bytes;
}

/**
 * Calls `onMore` once a process and those below it together have more than `most` bytes of memory: the system limits
 * each process alone where no control groups can be had. Gives the function that ends the watch.
 */
export function watchMemory(pid: number, most: number, onMore: () => void): () => void {
  const timer = setInterval(() => {
    if (memoryBelow(pid) <= most) return;
    clearInterval(timer);
    onMore();
  }, EVERY);
  timer.unref();
  return () => clearInterval(timer);
}
