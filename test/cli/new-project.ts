import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { projectRoot } from '../helpers/project-root.js';

/** A new folder with copies of some of the project's files and folders, each with its time. */
export function copyOfProject(...paths: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'afterfit-new-'));
  for (const path of paths) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(projectRoot(), path), join(folder, path), {
      recursive: true,
      preserveTimestamps: true,
      verbatimSymlinks: true,
    });
  }
  return folder;
}

export function removeCopy(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** Every file below a folder, with its text. */
export function filesIn(folder: string): Map<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  const files = paths.filter((path) => statSync(join(folder, path)).isFile());
  return new Map(files.map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}
