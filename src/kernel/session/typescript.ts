import { createRequire } from 'node:module';
import type typescript from 'typescript';

export type TypeScript = typeof typescript;

const require = createRequire(import.meta.url);
/** Loads what the package tslab would load, from where it lies. */
export const requireFromTslab: NodeJS.Require = createRequire(
  require.resolve('tslab/package.json'),
);

/** tslab's own compiler, older than the one that builds this project. */
export const ts = requireFromTslab('@tslab/typescript-for-tslab') as TypeScript;

/**
 * Lets tslab's modules, which are loaded after this, see some of the compiler's functions changed:
 * their options are fixed in the package's code. The compiler itself stays as it is.
 */
export function changeCompiler(changes: Partial<TypeScript>): void {
  const path = requireFromTslab.resolve('@tslab/typescript-for-tslab');
  requireFromTslab.cache[path]!.exports = { ...ts, ...changes };
}
