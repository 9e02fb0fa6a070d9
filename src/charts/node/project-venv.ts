import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** `.venv` of the project that this module was compiled in. */
export function projectVenv(): string {
  return join(resolve(dirname(fileURLToPath(import.meta.url)), '..', '..', '..'), '.venv');
}
