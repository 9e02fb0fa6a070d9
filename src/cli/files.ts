import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { codeOf } from '../files/errors.js';
import { behindLinks, lookAt, takesAnything } from '../files/paths.js';
import { removeIfPossible } from '../files/write.js';

/**
 * A path as the user meant it: npm moves to the project's folder before it runs a script, and keeps
 * in INIT_CWD where the user was. That counts where it is `command` itself, the one that this process runs,
 * which npm was asked for.
 */
export function fromUsersFolder(
  path: string,
  environment: Readonly<Record<string, string | undefined>> = process.env,
  command: string | undefined = process.argv[2],
): string {
  const byNpm = command !== undefined && environment.npm_lifecycle_event === command;
  return resolve((byNpm ? environment.INIT_CWD : undefined) ?? process.cwd(), path);
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

/** What to tell the user of something thrown. */
export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
