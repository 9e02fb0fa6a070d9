import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * A path as the user meant it: npm moves to the project's folder before it runs a script, and keeps
 * in INIT_CWD where the user was.
 */
export function fromUsersFolder(
  path: string,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string {
  const byNpm = ['flow', 'reproduce'].includes(environment.npm_lifecycle_event ?? '');
  return resolve((byNpm ? environment.INIT_CWD : undefined) ?? process.cwd(), path);
}

/** Writes a file whole or not at all: under another name first, then renamed. */
export function writeAtomically(path: string, content: string): void {
  const draft = `${path}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(draft, content);
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw new Error(`${path}: cannot be written (${codeOf(error)}).`, { cause: error });
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
