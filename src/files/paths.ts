import { lstatSync, realpathSync, statSync, type Stats } from 'node:fs';

/** What lies at a path, through links unless `look` is `lstatSync`; undefined where nothing does. */
export function lookAt(path: string, look: (path: string) => Stats = statSync): Stats | undefined {
  try {
    return look(path);
  } catch {
    return undefined;
  }
}

/** The file that a path means; the path itself where there is none yet. */
export function behindLinks(path: string): string {
  return lookAt(path, lstatSync)?.isSymbolicLink() && lookAt(path) ? realpathSync(path) : path;
}

/** True for a device or a pipe, which is not to be replaced by a file; and for a link to nothing. */
export function takesAnything(path: string): boolean {
  const found = lookAt(path, lstatSync);
  return found !== undefined && !found.isFile() && !found.isDirectory();
}

/** Whether two paths mean one file, through links of either kind. */
export function isSameFile(first: string, second: string): boolean {
  const [a, b] = [lookAt(first), lookAt(second)];
  return first === second || (a && b ? a.dev === b.dev && a.ino === b.ino : false);
}
