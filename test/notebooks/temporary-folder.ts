import { mkdirSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../helpers/project-root.js';

/** A new folder in the project's own place for temporary files. */
export function temporaryFolder(prefix: string): string {
  const parent = join(projectRoot(), '.afterfit', 'tmp');
  mkdirSync(parent, { recursive: true });
  return mkdtempSync(join(parent, prefix));
}
