import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/**
 * Interrupts the programs that this process has started, and what they started, but not itself: Node takes
 * SIGINT from its listeners for as long as a cell runs, and one that comes right behind the cell's end would
 * end the process.
 */
export function interruptPrograms(): void {
  for (const [pid, group] of processes()) {
    if (group !== process.pid || pid === process.pid) continue;
    try {
      process.kill(pid, 'SIGINT');
    } catch {
      // It has ended meanwhile.
    }
  }
}

/** Numbers of processes, each with the one of its group. */
function processes(): [number, number][] {
  try {
    return readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? listed(Number(name)) : []));
  } catch {
    return fromPs();
  }
}

function listed(pid: number): [number, number][] {
  try {
    // The program's name is in brackets and may hold anything; state, parent and group follow.
    const [, , group] = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return [[pid, Number(group)]];
  } catch {
    return [];
  }
}

/** Where there is no /proc, as on macOS. */
function fromPs(): [number, number][] {
  try {
    const lines = execFileSync('ps', ['-A', '-o', 'pid=,pgid='], { encoding: 'utf8' });
    return [...lines.matchAll(/(\d+)\s+(\d+)/g)].map(([, pid, group]) => [
      Number(pid),
      Number(group),
    ]);
  } catch {
    return [];
  }
}
