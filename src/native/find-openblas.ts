import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A library that may be there, or the reason why its place is passed over. */
export interface OpenblasCandidate {
  /** Where it comes from, in words. */
  readonly candidate: string;
  /** What to load: a path, or a name that the system's loader knows. */
  readonly path?: string;
  /** Why there is nothing to load here. */
  readonly reason?: string;
}

/** The candidate that the environment names. */
export const ENVIRONMENT = 'AFTERFIT_BLAS';

/** The folder of package.json: two above this file, in src/ as in dist/. */
export const projectRoot: string = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Candidates in order of preference: the environment variable AFTERFIT_BLAS (a path, or `plain` for
 * none at all), the wheel scipy-openblas32 in the project's .venv, libraries of the system.
 */
export function openblasCandidates(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  root: string = projectRoot,
  platform: string = process.platform,
): OpenblasCandidate[] {
  const chosen = environment.AFTERFIT_BLAS;
  if (chosen === 'plain') {
    return [{ candidate: ENVIRONMENT, reason: 'it says plain: no library is wanted' }];
  }
  if (chosen) {
    // A library asked for by name is not replaced silently by another one.
    return [{ candidate: ENVIRONMENT, path: chosen }];
  }
  return [
    { candidate: ENVIRONMENT, reason: 'not set' },
    ...wheelCandidates(root),
    ...systemLibraries(platform).map((path) => ({ candidate: 'system', path })),
  ];
}

/** The library files of scipy-openblas32 in the virtual environment, of whatever Python version. */
function wheelCandidates(root: string): OpenblasCandidate[] {
  const candidate = '.venv (scipy-openblas32)';
  const venv = join(root, '.venv');
  if (!existsSync(venv)) return [{ candidate, reason: `${venv} does not exist` }];
  const packages = [
    join(venv, 'Lib', 'site-packages'),
    ...list(join(venv, 'lib')).map((name) => join(venv, 'lib', name, 'site-packages')),
  ];
  const files = packages.flatMap((folder) => {
    const libraries = join(folder, 'scipy_openblas32', 'lib');
    return list(libraries)
      .filter((name) => /^libscipy_openblas\.(so|dylib|dll)$/.test(name))
      .map((name) => join(libraries, name));
  });
  if (files.length === 0) return [{ candidate, reason: 'the package is not installed there' }];
  return files.map((path) => ({ candidate, path }));
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

function systemLibraries(platform: string): string[] {
  if (platform === 'darwin') {
    return [
      '/opt/homebrew/opt/openblas/lib/libopenblas.dylib',
      '/usr/local/opt/openblas/lib/libopenblas.dylib',
      '/System/Library/Frameworks/Accelerate.framework/Accelerate',
    ];
  }
  return platform === 'win32' ? ['libopenblas.dll'] : ['libopenblas.so.0', 'libopenblas.so'];
}
