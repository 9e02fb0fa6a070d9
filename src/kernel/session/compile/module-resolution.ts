import { createRequire, isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type typescript from 'typescript';
import { isOfPackage, type Sources } from './sources.js';
import { ts } from './typescript.js';

type Options = typescript.CompilerOptions;
type Mode = typescript.ResolutionMode;
type Resolved = typescript.ResolvedModuleWithFailedLookupLocations;

/** The part of a compiler's host that says which file a name in an import stands for. */
export type Resolutions = Required<
  Pick<
    typescript.LanguageServiceHost,
    'resolveModuleNameLiterals' | 'resolveTypeReferenceDirectiveReferences'
  >
> & {
  /** The file that a name in an import of a file stands for. */
  resolve(name: string, from: string, mode: Mode): string | undefined;
  getModuleResolutionCache(): typescript.ModuleResolutionCache;
  /** Whether what a file imports has to be looked for again. */
  hasInvalidatedResolutions(path: string): boolean;
  /** Looks once more for what could not be found so far; for everything where files have gone. */
  refresh(haveFilesGone: boolean): void;
};

/** Where the project has packages that every notebook gets the types of. */
const own = createRequire(import.meta.url);
const ownFolder = (name: string) => dirname(own.resolve(`${name}/package.json`));

/**
 * Answers that are kept while everything that was asked for has been found. Files of packages stay as
 * they are, so what they import is looked for once; files beside the notebook come and go.
 */
export function createResolutions(
  sources: Sources,
  folder: string,
  options: () => Options,
): Resolutions {
  const host: typescript.ModuleResolutionHost = {
    ...ts.sys,
    fileExists: (path) => sources.fileExists(path),
    readFile: (path) => sources.readFile(path),
  };
  const create = () => ts.createModuleResolutionCache(folder, (name) => name, options());
  let cache = create();
  let madeFor = options();
  let isMissing = false;
  let failed = new Set<string>();
  let isInvalid = (_path: string) => false;
  const look = (name: string, from: string, mode: Mode): Resolved => {
    if (madeFor !== options()) [cache, madeFor] = [create(), options()];
    const isFixed = isOfPackage(from, folder);
    const kept = name.startsWith('.') && !isFixed ? undefined : cache;
    const asked = name.startsWith('file:') ? fileURLToPath(name) : name;
    const resolve = (file: string) =>
      ts.resolveModuleName(asked, file, options(), host, kept, undefined, mode);
    const found = resolve(from);
    if (!isBuiltin(name) && lacksTypes(found, folder)) {
      if (name === 'tslab') return resolve(join(ownFolder('tslab'), '..', 'cell.ts'));
      isMissing = true;
      if (!isFixed) failed.add(from);
    }
    return found;
  };
  return {
    resolve: (name, from, mode) => look(name, from, mode).resolvedModule?.resolvedFileName,
    resolveModuleNameLiterals: (literals, from, _redirect, given, file) =>
      literals.map((literal) =>
        look(literal.text, from, ts.getModeForUsageLocation(file, literal, given)),
      ),
    resolveTypeReferenceDirectiveReferences: (names, from) =>
      names.map((name: string | typescript.FileReference) => {
        const text = typeof name === 'string' ? name : name.fileName;
        const found = ts.resolveTypeReferenceDirective(text, from, options(), host);
        if (found.resolvedTypeReferenceDirective || text !== 'node') return found;
        // The types of Node are there for a notebook in any folder.
        const beside = join(ownFolder('@types/node'), '..', '..', '..', 'cell.ts');
        return ts.resolveTypeReferenceDirective(text, beside, {}, host);
      }),
    getModuleResolutionCache: () => cache,
    hasInvalidatedResolutions: (path) => isInvalid(path),
    refresh(haveFilesGone) {
      if (isMissing) cache = create();
      isMissing = false;
      const again = failed;
      failed = new Set();
      isInvalid = (path) => again.has(path) || (haveFilesGone && !isOfPackage(path, folder));
    },
  };
}

/** There is nothing, or a package's JavaScript: types may come. */
function lacksTypes({ resolvedModule }: Resolved, folder: string): boolean {
  if (resolvedModule === undefined) return true;
  const { resolvedFileName } = resolvedModule;
  return isOfPackage(resolvedFileName, folder) && /\.[cm]?js$/.test(resolvedFileName);
}
