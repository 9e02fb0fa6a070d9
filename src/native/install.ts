import {
  linearAlgebraName,
  useNativeLinearAlgebra,
  type LinearAlgebra,
} from '../numerics/index.js';
import { openblasCandidates, type OpenblasCandidate } from './find-openblas.js';
import { openOpenblas } from './openblas.js';
import { faultOf } from './self-check.js';

/** Which linear algebra is in use, and why. */
export interface NativeInstallation {
  /** Name of the implementation for large problems. */
  readonly name: string;
  /** What was loaded; undefined where plain TypeScript does all. */
  readonly path: string | undefined;
  readonly threads: number | undefined;
  /** The implementation itself; undefined where plain TypeScript does all. */
  readonly algebra: LinearAlgebra | undefined;
  /** Every candidate looked at, in order, and what came of it. */
  readonly tried: readonly { readonly candidate: string; readonly outcome: string }[];
}

/**
 * Looks for a BLAS and LAPACK library, checks it on small problems, and lets large problems use it
 * from now on. Never throws: where nothing is found, plain TypeScript stays in use and `tried` says
 * why. Environment: AFTERFIT_BLAS (a path, or `plain`), AFTERFIT_THREADS (a number).
 */
export function installNativeLinearAlgebra(
  candidates: readonly OpenblasCandidate[] = openblasCandidates(),
): NativeInstallation {
  const tried: { candidate: string; outcome: string }[] = [];
  for (const { candidate, path, reason } of candidates) {
    const shown = path === undefined ? candidate : `${candidate}: ${path}`;
    if (path === undefined) {
      tried.push({ candidate: shown, outcome: reason ?? 'nothing to load' });
      continue;
    }
    try {
      const { algebra, threads } = openOpenblas(path, wantedThreads(process.env.AFTERFIT_THREADS));
      const fault = faultOf(algebra);
      if (fault !== undefined) throw new Error(`wrong result in the self-check: ${fault}`);
      useNativeLinearAlgebra(algebra);
      tried.push({ candidate: shown, outcome: 'in use' });
      return { name: algebra.name, path, threads, algebra, tried };
    } catch (error) {
      tried.push({ candidate: shown, outcome: firstLine(error) });
    }
  }
  useNativeLinearAlgebra(undefined);
  const none = { path: undefined, threads: undefined, algebra: undefined };
  return { name: linearAlgebraName(), ...none, tried };
}

/** A positive whole number, or undefined for the library's own choice. */
function wantedThreads(text: string | undefined): number | undefined {
  const threads = Number(text);
  return Number.isInteger(threads) && threads > 0 ? threads : undefined;
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0];
}
