import { createRequire } from 'node:module';
import type typescript from 'typescript';
import { setFlagsFromString } from 'node:v8';
import { loadFromCode } from '../code-cache.js';
import { uninterrupted } from '../interrupts.js';

const require = createRequire(import.meta.url);

const loaded = loadFromCode(require.resolve('typescript'), 'compiler');

/** The project's own TypeScript. */
export const ts = loaded.exports as typeof typescript;

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
