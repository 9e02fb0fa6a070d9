import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
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

/** Writes a file whole or not at all: under another name first, then renamed. */
export function writeAtomically(path: string, content: string | Uint8Array): void {
  const draft = `${path}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(draft, content);
    renameSync(draft, path);
  } catch (error) {
    removeIfPossible(draft);
    throw new Error(`${path}: cannot be written (${codeOf(error)}).`, { cause: error });
  }
}

/**
 * Makes the folder that --out asks for and tries to write there, so that work is not done in vain.
 * Throws one sentence where that fails.
 */
export function requireWritable(folder: string): void {
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
    throw new Error(`--out: ${folder} ${fault}.`, { cause: error });
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
