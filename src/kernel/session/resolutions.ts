import { isBuiltin } from 'node:module';
import type typescript from 'typescript';
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
  /** Looks for what could not be found so far once more when it is asked for. */
  refresh(): void;
};

/** How a name in an import is to be resolved; tslab's compiler takes two arguments, later ones three. */
export const modeOf = ts.getModeForUsageLocation as unknown as (
  file: typescript.SourceFile,
  literal: typescript.StringLiteralLike,
) => Mode;

type Mode = typescript.ResolutionMode;
type Resolved = typescript.ResolvedModuleWithFailedLookupLocations;

/** Answers that are kept while everything that was asked for has been found. */
export function createResolutions(
  host: typescript.ModuleResolutionHost,
  folder: string,
  options: typescript.CompilerOptions,
): Resolutions {
  const create = () => ts.createModuleResolutionCache(folder, (name) => name, options);
  let cache = create();
  let isMissing = false;
  const resolve = (name: string, from: string, mode: Mode) => {
    const found = ts.resolveModuleName(name, from, options, host, cache, undefined, mode);
    isMissing ||= found.resolvedModule === undefined && !isBuiltin(name);
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
    refresh() {
      if (isMissing) cache = create();
      isMissing = false;
    },
  };
}
