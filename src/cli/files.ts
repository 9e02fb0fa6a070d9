import {
  lstatSync,
  mkdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  type Stats,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/**
 * A path as the user meant it: npm moves to the project's folder before it runs a script, and keeps
 * in INIT_CWD where the user was.
 */
export function fromUsersFolder(
  path: string,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string {
  const commands = ['flow', 'train', 'measure', 'reproduce', 'bench'];
  const byNpm = commands.includes(environment.npm_lifecycle_event ?? '');
  return resolve((byNpm ? environment.INIT_CWD : undefined) ?? process.cwd(), path);
}

/**
 * Writes a file whole or not at all: under another name first, then renamed. A symbolic link stays and
 * the file that it names is written; a device or a pipe is written to.
 */
export function writeAtomically(named: string, content: string | Uint8Array): void {
  const path = behindLinks(named);
  const draft = `${path}.${process.pid}.tmp`;
  try {
    if (takesAnything(path)) {
      writeFileSync(path, content);
      return;
    }
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(draft, content);
    renameSync(draft, path);
  } catch (error) {
    removeIfPossible(draft);
    throw new Error(`${named}: cannot be written (${codeOf(error)}).`, { cause: error });
  }
}

/** The file that a path means; the path itself where there is none yet. */
function behindLinks(path: string): string {
  return lookAt(path, lstatSync)?.isSymbolicLink() && lookAt(path) ? realpathSync(path) : path;
}

/** True for a device or a pipe, which is not to be replaced by a file; and for a link to nothing. */
function takesAnything(path: string): boolean {
  const found = lookAt(path, lstatSync);
  return found !== undefined && !found.isFile() && !found.isDirectory();
}

function lookAt(path: string, look: (path: string) => Stats = statSync): Stats | undefined {
  try {
    return look(path);
  } catch {
    return undefined;
  }
}

/** Whether two paths mean one file, through links of either kind. */
export function isSameFile(first: string, second: string): boolean {
  const [a, b] = [lookAt(first), lookAt(second)];
  return first === second || (a && b ? a.dev === b.dev && a.ino === b.ino : false);
}

/** Throws one sentence where a file cannot be written; makes the folder that it is to lie in. */
export function requireFile(path: string, option: string): void {
  if (lookAt(path)?.isDirectory()) {
    throw new Error(`${option} is the folder ${path}; expected a file.`);
  }
  const file = behindLinks(path);
  if (!takesAnything(file)) requireWritable(dirname(file), option);
}

/**
 * Makes the folder that an option asks for and tries to write there, so that work is not done in vain.
 * Throws one sentence where that fails.
 */
export function requireWritable(folder: string, option = '--out'): void {
  const trial = join(folder, `.${process.pid}.tmp`);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(trial, '');
  } catch (error) {
    const code = codeOf(error);
    const inTheWay = code === 'EEXIST' || code === 'ENOTDIR';
    const fault = inTheWay
      ? 'is a file, or lies in one; expected a folder'
      : `cannot be written to (${code})`;
    throw new Error(`${option}: ${folder} ${fault}.`, { cause: error });
  } finally {
    removeIfPossible(trial);
  }
}

/** For cleaning up after an error, which this must not hide behind another one. */
function removeIfPossible(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // It stays, or its folder was never one.
  }
}

/** The system's short word for what went wrong with a file, such as EACCES. */
export function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? sentenceOf(error);
}

/** What to tell the user of something thrown. */
export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
