import { isBuiltin } from 'node:module';
import type typescript from 'typescript';
import { isOfPackage } from './sources.js';
import { ts } from './typescript.js';

/** The part of a compiler's host that says which file a name in an import stands for. */
export type Resolutions = Required<
  Pick<
    typescript.CompilerHost,
    | 'resolveModuleNameLiterals'
    | 'resolveTypeReferenceDirectiveReferences'
    | 'getModuleResolutionCache'
  >
> & {
  /** The file that a name in an import of a file stands for. */
  resolve(name: string, from: string, mode: Mode): Resolved;
  /** Whether what a file imports has to be looked for again. */
  hasInvalidatedResolutions(path: string): boolean;
  /**
   * Looks for what could not be found so far once more when a program is made; for everything where files
   * have gone.
   */
  refresh(haveFilesGone: boolean): void;
};

/** How a name in an import is to be resolved; tslab's compiler takes two arguments, later ones three. */
export const modeOf = ts.getModeForUsageLocation as unknown as (
  file: typescript.SourceFile,
  literal: typescript.StringLiteralLike,
) => Mode;

type Mode = typescript.ResolutionMode;
type Resolved = typescript.ResolvedModuleWithFailedLookupLocations;

/**
 * Answers that are kept while everything that was asked for has been found. `isFixed` are files whose
 * imports need not be looked for again: those of packages stay as they are, cells are new each time.
 */
export function createResolutions(
  host: typescript.ModuleResolutionHost,
  folder: string,
  options: typescript.CompilerOptions,
  isFixed: (path: string) => boolean,
): Resolutions {
  const create = () => ts.createModuleResolutionCache(folder, (name) => name, options);
  let cache = create();
  let isMissing = false;
  let failed = new Set<string>();
  let isInvalid = (_path: string) => false;
  const resolve = (name: string, from: string, mode: Mode) => {
    // Files beside the notebook come and go.
    const kept = name.startsWith('.') ? undefined : cache;
    const found = ts.resolveModuleName(name, from, options, host, kept, undefined, mode);
    if (!isBuiltin(name) && lacksTypes(found, folder)) {
      isMissing = true;
      if (!isFixed(from)) failed.add(from);
    }
    return found;
  };
  return {
    resolve,
    getModuleResolutionCache: () => cache,
    resolveModuleNameLiterals: (literals, from, _redirect, _options, file) =>
      literals.map((literal) => resolve(literal.text, from, modeOf(file, literal))),
    resolveTypeReferenceDirectiveReferences: (names, from) =>
      names.map((name: string | typescript.FileReference) =>
        ts.resolveTypeReferenceDirective(
          typeof name === 'string' ? name : name.fileName,
          from,
          options,
          host,
        ),
      ),
    hasInvalidatedResolutions: (path) => isInvalid(path),
    refresh(haveFilesGone) {
      if (isMissing) cache = create();
      isMissing = false;
      const again = failed;
      failed = new Set();
      isInvalid = (path) => again.has(path) || (haveFilesGone && !isFixed(path));
    },
  };
}

/** There is nothing, or a package's JavaScript: types may come. */
function lacksTypes({ resolvedModule }: Resolved, folder: string): boolean {
  if (resolvedModule === undefined) return true;
  const { resolvedFileName } = resolvedModule;
  return isOfPackage(resolvedFileName, folder) && /\.[cm]?js$/.test(resolvedFileName);
}
