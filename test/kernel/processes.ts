import { readFileSync, readdirSync } from 'node:fs';

/** A process as the kernel of Linux describes it. */
interface Status {
  readonly pid: number;
  readonly parent: number;
  readonly residentMB: number;
}

/** The process and all that descend from it, itself first; empty once it has ended. Linux only. */
export function processTree(root: number): number[] {
  return treeOf(root).map(({ pid }) => pid);
}

/** Resident memory of the process and all its descendants, in MB. */
export function treeMemoryMB(root: number): number {
  return treeOf(root).reduce((sum, { residentMB }) => sum + residentMB, 0);
}

/** Those of the processes that still run; one that has ended and waits for its parent does not. */
export function stillRunning(pids: readonly number[]): number[] {
  return pids.filter((pid) => statusOf(pid) !== undefined);
}

/** Processes that have `name=value` in their environment, whatever became of those that started them. */
export function processesMarked(name: string, value: string): number[] {
  const entry = `${name}=${value}`;
  return allPids().filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(entry);
    } catch {
      // It has ended, or is somebody else's.
      return false;
    }
  });
}

function allPids(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

function treeOf(root: number): Status[] {
  const all = allPids().flatMap((pid) => statusOf(pid) ?? []);
  const tree = all.filter(({ pid }) => pid === root);
  for (let k = 0; k < tree.length; k++) {
    tree.push(...all.filter(({ parent }) => parent === tree[k].pid));
  }
  return tree;
}

function statusOf(pid: number): Status | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/status`, 'utf8');
    if (/^State:\s*[ZX]/m.test(text)) return undefined;
    const number = (name: string) => Number(new RegExp(`^${name}:\\s*(\\d+)`, 'm').exec(text)?.[1]);
    return { pid, parent: number('PPid'), residentMB: (number('VmRSS') || 0) / 1024 };
  } catch {
    // It ended between the listing and the look.
    return undefined;
  }
}

/** The most memory that the process alone has had resident so far, in MB. */
export function peakMemoryMB(pid: number): number {
  const text = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmHWM:\s*(\d+)/m.exec(text)?.[1]) / 1024;
}
