import { chmodSync, chownSync, existsSync, realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Account } from './accounts.js';

/** The first folder above a path that others may not enter, or the path itself where they may not read it. */
function closedAt(path: string): string | undefined {
  const open = (at: string, right: number) => (statSync(at).mode & right) !== 0;
  const above: string[] = [];
  for (let at = dirname(path); at !== dirname(at); at = dirname(at)) above.unshift(at);
  return above.find((folder) => !open(folder, 0o001)) ?? (open(path, 0o004) ? undefined : path);
}

/** Throws one sentence where people of a class could not reach what their servers are made of. */
export function requireOpen(what: string, path: string, remedy: string): void {
  const real = realpathSync(path);
  const closed = closedAt(real);
  if (closed === undefined) return;
  throw new Error(`${what} is ${real}, and ${closed} is closed to others; ${remedy}.`);
}

/** Throws one sentence where a home is not its owner's alone. */
export function requireClosedHomes(accounts: readonly Account[]): void {
  const missing = accounts.filter(({ home }) => !existsSync(home)).map(({ home }) => home);
  if (missing.length > 0) throw new Error(`${missing.join(', ')}: there is no such home.`);
  const open = accounts.filter(({ uid, home }) => {
    const found = statSync(home);
    return found.uid !== uid || (found.mode & 0o077) !== 0;
  });
  if (open.length === 0) return;
  const homes = open.map(({ home }) => home).join(' ');
  throw new Error(
    `Others may look into ${homes.replaceAll(' ', ', ')}; expected homes of their owners alone: chmod 700 ${homes}.`,
  );
}

/** What holds the answers of the problem sets, in the project. */
const SOURCES = [join('notebooks', 'course'), '.git'];

/**
 * Keeps everybody but the project's owner and the instructor's group out of the problem sets' sources, which hold
 * the answers. Gives the function that puts the rights back as they were.
 */
export function closeSources(project: string, gid: number): () => void {
  const closed = SOURCES.map((name) => join(project, name)).filter((path) => existsSync(path));
  const before = closed.map((path) => ({ path, ...statSync(path) }));
  for (const { path, uid } of before) {
    chmodSync(path, 0o750);
    chownSync(path, uid, gid);
  }
  return () => {
    for (const { path, uid, gid: group, mode } of before) {
      if (!existsSync(path)) continue;
      chownSync(path, uid, group);
      chmodSync(path, mode & 0o7777);
    }
  };
}
