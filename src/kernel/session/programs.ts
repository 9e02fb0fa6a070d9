import { dirname } from 'node:path';
import type typescript from 'typescript';
import { dependenciesOf, withImporters } from './dependencies.js';
import { reuseStructure, noteIncludeReasons } from './structure-reuse.js';
import { expandShorthandProperties } from './shorthand-properties.js';
import { createResolutions } from './module-resolution.js';
import type { Rewriter } from './rewrite.js';
import { createSources, isOfPackage } from './sources.js';
import { ts } from './typescript.js';

/** What tslab's converter asks of a program. */
export type Builder = Pick<
  typescript.BuilderProgram,
  'getSourceFile' | 'getProgram' | 'emit' | 'getAllDependencies'
>;

/** What tslab's converter hands over, and is told. */
export interface ConverterHost {
  readonly files: readonly string[];
  readonly options: typescript.CompilerOptions;
  /** The disk, with the converter's own files on it. */
  readonly sys: typescript.System;
  afterProgramCreate?(builder: Builder): void;
}

/** A compiler in watch mode, as far as tslab's converter uses it. */
export interface Watch {
  updateRootFileNames(files: readonly string[]): void;
  close(): void;
}

/**
 * Programs for tslab's converter in place of those of a compiler in watch mode. The converter asks for
 * two per cell, the first only for the names that the cell declares: parsing is enough for that. And a
 * cell that imports what some program has had keeps the structure of the last one. `onChange` hears of
 * files beside the cell's that have changed on the disk.
 */
export function createPrograms(
  host: ConverterHost,
  rewriter: Pick<Rewriter, 'whileEmitting'>,
  onChange: (path: string) => void,
): Watch {
  const { options, sys } = host;
  const folder = sys.getCurrentDirectory();
  const sources = createSources(sys, folder, (path) => {
    // The converter is told of a change, by `onChange`, where it was asked to watch the file; it tells
    // in turn of what is in its memory.
    if (!host.files.includes(path)) sys.watchFile!(path, () => sources.forget(path));
  });
  const isFixed = (path: string) => host.files.includes(path) || isOfPackage(path, folder);
  const resolutions = createResolutions(sys, folder, options, isFixed);
  const compilerHost = hostOf(sys, sources.get, resolutions);
  let roots = host.files;
  let last: typescript.Program | undefined;
  let isUsed = false;
  const createProgram = () => {
    for (const path of last ? host.files : []) {
      const fresh = sources.get(path, options.target!);
      reuseStructure(last!, last!.getSourceFile(path), fresh, resolutions.resolve);
    }
    last = ts.createProgram(roots, options, compilerHost, last);
    noteIncludeReasons(
      last,
      host.files.flatMap((path) => last!.getSourceFile(path) ?? []),
    );
    isUsed = true;
    return last;
  };
  const rebuild = () => {
    // Between the two programs of one cell nothing is looked up again but the cell itself.
    if (!isUsed) {
      sources.refresh(host.files);
    } else {
      // The converter changes the statements of these files, once it has a program.
      host.files.forEach(sources.forget);
      const changed = sources.refresh();
      resolutions.refresh(changed.some((path) => !sys.fileExists(path)));
      if (last && changed.length > 0) withImporters(last, changed).forEach(onChange);
      isUsed = false;
    }
    host.afterProgramCreate?.(createBuilder(createProgram));
  };

  const createBuilder = (create: () => typescript.Program): Builder => {
    let made: typescript.Program | undefined;
    const getProgram = () => (made ??= create());
    const getSourceFile: Builder['getSourceFile'] = (path) => {
      const isParsed = !made && host.files.includes(path);
      const file = isParsed ? sources.get(path, options.target!) : getProgram().getSourceFile(path);
      // The converter looks for the names that a file declares before anything has asked for types.
      if (file) bindSourceFile(file, options);
      return file;
    };
    return {
      getProgram,
      getSourceFile,
      getAllDependencies: (file) => dependenciesOf(getProgram(), file),
      emit: (file, write, token, declarationsOnly, transformers) =>
        rewriter.whileEmitting(() =>
          getProgram().emit(file, write, token, declarationsOnly, {
            ...transformers,
            before: [
              ...(transformers?.before ?? []),
              expandShorthandProperties(getProgram().getTypeChecker()),
            ],
          }),
        ),
    };
  };

  let isWaiting = false;
  // Changes are announced one after the other; one program is made for all of them.
  const later = () => {
    if (isWaiting) return;
    isWaiting = true;
    sys.setTimeout!(() => {
      isWaiting = false;
      rebuild();
    }, 0);
  };
  for (const path of host.files) sys.watchFile!(path, later);
  rebuild();
  return {
    updateRootFileNames(files) {
      roots = files;
      later();
    },
    close: () => undefined,
  };
}

function hostOf(
  sys: typescript.System,
  getSourceFile: typescript.CompilerHost['getSourceFile'],
  resolutions: object,
): typescript.CompilerHost {
  const library = dirname(sys.getExecutingFilePath());
  return {
    getSourceFile,
    getDefaultLibLocation: () => library,
    getDefaultLibFileName: (options) => ts.getDefaultLibFileName(options),
    writeFile: () => undefined,
    getCurrentDirectory: () => sys.getCurrentDirectory(),
    useCaseSensitiveFileNames: () => sys.useCaseSensitiveFileNames,
    getCanonicalFileName: (name) => name,
    getNewLine: () => '\n',
    fileExists: (path) => sys.fileExists(path),
    readFile: (path) => sys.readFile(path),
    directoryExists: (path) => sys.directoryExists(path),
    getDirectories: (path) => sys.getDirectories(path),
    realpath: sys.realpath && ((path) => sys.realpath!(path)),
    ...resolutions,
  };
}

/** Of the compiler's own: finds what a file declares; a second call does nothing. */
const { bindSourceFile } = ts as unknown as {
  bindSourceFile(file: typescript.SourceFile, options: typescript.CompilerOptions): void;
};
