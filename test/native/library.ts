import { openblasCandidates } from '../../src/native/find-openblas.js';
import { openOpenblas, type Openblas } from '../../src/native/openblas.js';

/** The first library that opens, or undefined: then there is nothing for these tests to test. */
export function anyLibrary(): Openblas | undefined {
  for (const { path } of openblasCandidates({})) {
    try {
      if (path !== undefined) return openOpenblas(path);
    } catch {
      // The next one, then.
    }
  }
  return undefined;
}
