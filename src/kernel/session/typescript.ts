import { createRequire } from 'node:module';
import type typescript from 'typescript';
import { loadFromCode } from './code-cache.js';

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

/**
 * Lets tslab's modules, which are loaded after this, see some of the compiler's functions changed:
 * their options are fixed in the package's code. The compiler itself stays as it is.
 */
export function changeCompiler(changes: Partial<TypeScript>): void {
  requireFromTslab.cache[compilerPath]!.exports = { ...ts, ...changes };
}
