import { createRequire } from 'node:module';
import type typescript from 'typescript';
import { setFlagsFromString } from 'node:v8';
import { loadFromCode } from './code-cache.js';
import { uninterrupted } from './interrupts.js';

export type TypeScript = typeof typescript;

const require = createRequire(import.meta.url);
/** Loads what the package tslab would load, from where it lies. */
export const requireFromTslab: NodeJS.Require = createRequire(
  require.resolve('tslab/package.json'),
);

const compilerPath = requireFromTslab.resolve('@tslab/typescript-for-tslab');
const loaded = loadFromCode(compilerPath, 'typescript');

/** tslab's own compiler, older than the one that builds this project. */
export const ts = loaded.exports as TypeScript;

/** Keeps the compiled code of the compiler, so that the next session starts sooner. */
export const keepCompilerCode: () => void = loaded.keepCode;

/** Size of bytecode above which V8 does not optimize a function: its own limit, and one for the compiler. */
const LIMITS = { usual: 61_440, compiling: 20_000 };
const setLimit = (bytes: number) => setFlagsFromString(`--max-optimized-bytecode-size=${bytes}`);

/**
 * Runs the compiler. Its largest functions run twice a cell, for a moment; optimizing one of them takes
 * V8 a second and up to a hundred megabytes, which its threads do not always give back.
 */
export function compiling<Result>(work: () => Result): Result {
  return uninterrupted(() => {
    setLimit(LIMITS.compiling);
    try {
      return work();
    } finally {
      setLimit(LIMITS.usual);
    }
  });
}

/**
 * Lets tslab's modules, which are loaded after this, see some of the compiler's functions changed:
 * their options are fixed in the package's code. The compiler itself stays as it is.
 */
export function changeCompiler(changes: Partial<TypeScript>): void {
  requireFromTslab.cache[compilerPath]!.exports = { ...ts, ...changes };
}
