import { readFileSync } from 'node:fs';
import { createRequire, Module } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';
import { writeAtomically } from '../../files/write.js';

/** Where the set-up keeps what can be made again. */
const folder = fileURLToPath(new URL('../../../.afterfit/cache/kernel', import.meta.url));

/** A CommonJS module that was loaded from compiled code where there was some. */
export interface LoadedModule {
  readonly exports: unknown;
  /**
   * Writes the compiled code of all that has run of the module by now, for the next process; does
   * nothing where such code was used already. A folder that cannot be written to is no error.
   */
  keepCode(): void;
}

/**
 * Loads a large module as `require` would, and faster: V8 compiles a script anew in each process unless
 * it is given the code. V8 checks that the code is its own, and for this source.
 */
export function loadFromCode(path: string, name: string): LoadedModule {
  const require = createRequire(path);
  const cache = join(folder, `${name}-${process.version}-${process.arch}.bin`);
  const cachedData = readIfThere(cache);
  const source = Module.wrap(readFileSync(path, 'utf8'));
  const script = new Script(source, { filename: path, cachedData });
  const module = new Module(path);
  module.filename = path;
  module.paths = [];
  require.cache[path] = module;
  const run = script.runInThisContext() as (...all: unknown[]) => void;
  run.call(module.exports, module.exports, require, module, path, dirname(path));
  module.loaded = true;
  const isFresh = cachedData === undefined || script.cachedDataRejected === true;
  return {
    exports: module.exports,
    keepCode() {
      if (!isFresh) return;
      try {
        writeAtomically(cache, script.createCachedData());
      } catch {
        // The next session starts a little later: nothing else depends on it.
      }
    },
  };
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
