import {
  linearAlgebraName,
  useNativeLinearAlgebra,
  type LinearAlgebra,
} from '../numerics/index.js';
import { ENVIRONMENT, openblasCandidates, type OpenblasCandidate } from './find-openblas.js';
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
  /** What the environment asks for in vain, one sentence each. */
  readonly warnings: readonly string[];
}

/**
 * Looks for a BLAS and LAPACK library, checks it on small problems, and lets large problems use it
 * from now on. Never throws: where nothing is found, plain TypeScript stays in use and `tried` says
 * why. Environment: AFTERFIT_BLAS (a path, or `plain`), AFTERFIT_THREADS
 * (a number; 1 by default).
 */
export function installNativeLinearAlgebra(
  candidates: readonly OpenblasCandidate[] = openblasCandidates(),
): NativeInstallation {
  const tried: { candidate: string; outcome: string }[] = [];
  const warnings = threadWarnings(process.env.AFTERFIT_THREADS);
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
      return { name: algebra.name, path, threads, algebra, tried, warnings };
    } catch (error) {
      const outcome = firstLine(error);
      tried.push({ candidate: shown, outcome });
      if (candidate === ENVIRONMENT) {
        warnings.push(
          `AFTERFIT_BLAS is '${path}', which is of no use (${outcome}); plain TypeScript is used.`,
        );
      }
    }
  }
  useNativeLinearAlgebra(undefined);
  const none = { path: undefined, threads: undefined, algebra: undefined };
  return { name: linearAlgebraName(), ...none, tried, warnings };
}

/**
 * One thread unless told otherwise: how a library shares out a sum decides its last digit, so the
 * same seed would give other bytes on other machines; and two busy processes whose threads wait for
 * each other were measured five times slower than with one thread each.
 */
function wantedThreads(text: string | undefined): number {
  return isCount(text) ? Number(text) : 1;
}

function threadWarnings(text: string | undefined): string[] {
  if (!text || isCount(text)) return [];
  return [`AFTERFIT_THREADS is '${text}', not a whole number of at least 1; one thread is used.`];
}

function isCount(text: string | undefined): boolean {
  const count = Number(text);
  return Number.isInteger(count) && count > 0;
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0];
}
