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

/**
 * What V8 goes by while cells run and while the compiler does: the size of bytecode above which it does not
 * optimize a function, its own limit and one for the compiler; and whether a thread optimizes a loop that runs.
 * Where the compiler's functions wait for that thread, a cell's loop would go on as it is for tens of milliseconds.
 */
const FLAGS = {
  cells: ['--max-optimized-bytecode-size=61440', '--no-concurrent-osr'],
  compiler: ['--max-optimized-bytecode-size=20000', '--concurrent-osr'],
};

/**
 * Runs the compiler. Its largest functions run twice a cell, for a moment; optimizing one of them takes
 * V8 a second and up to a hundred megabytes, which its threads do not always give back.
 */
export function compiling<Result>(work: () => Result): Result {
  return uninterrupted(() => {
    FLAGS.compiler.forEach(setFlagsFromString);
    try {
      return work();
    } finally {
      FLAGS.cells.forEach(setFlagsFromString);
    }
  });
}
