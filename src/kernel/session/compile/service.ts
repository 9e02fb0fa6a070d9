import { dirname, join } from 'node:path';
import type typescript from 'typescript';
import { createResolutions, type Resolutions } from './module-resolution.js';
import { isDeclarationFile, isOfPackage, type Sources } from './sources.js';
import { ts } from './typescript.js';

/** A compiler that keeps from one cell to the next what has not changed. */
export interface Service {
  readonly language: typescript.LanguageService;
  /** The file that a name in an import stands for, where that is no package's nor declarations alone. */
  fileOf(name: string, from: string): string | undefined;
  /** A program of the files as they are now. */
  program(): typescript.Program;
  /** Makes a file a part of every program from then on. */
  addRoot(path: string): void;
}

/** Compiles `roots` and all that they import. `onChange` hears of files beside the notebook that changed. */
export function createService(
  folder: string,
  sources: Sources,
  first: readonly string[],
  options: () => typescript.CompilerOptions,
  onChange: (paths: readonly string[]) => void,
): Service {
  const roots = [...first];
  const resolutions = createResolutions(sources, folder, options);
  const library = dirname(ts.getDefaultLibFilePath({}));
  const host: typescript.LanguageServiceHost = {
    getCompilationSettings: options,
    getScriptFileNames: () => roots,
    getScriptVersion: sources.versionOf,
    getScriptSnapshot: sources.snapshotOf,
    getCurrentDirectory: () => folder,
    getDefaultLibFileName: (given) => join(library, ts.getDefaultLibFileName(given)),
    useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
    fileExists: sources.fileExists,
    readFile: sources.readFile,
    readDirectory: (...all) => ts.sys.readDirectory(...all),
    directoryExists: (path) => ts.sys.directoryExists(path),
    getDirectories: (path) => ts.sys.getDirectories(path),
    realpath: (path) => ts.sys.realpath!(path),
    ...resolutions,
  };
  const language = ts.createLanguageService(host, sources.registry);
  /** Versions of the files beside the notebook, as the last program had them. */
  let beside = new Map<string, string>();
  let last: typescript.Program | undefined;
  return {
    language,
    fileOf(name, from) {
      const path = resolutions.resolve(name, from, undefined);
      if (path === undefined || isOfPackage(path, folder) || isDeclarationFile(path))
        return undefined;
      // A package that lies elsewhere is what Node takes it for.
      return /^[./]|^file:/.test(name) || /\.[cm]?tsx?$/.test(path) ? path : undefined;
    },
    addRoot: (path) => void roots.push(path),
    program() {
      sources.refresh();
      const changed = [...beside].filter(([path, version]) => sources.versionOf(path) !== version);
      const names = changed.map(([path]) => path);
      resolutions.refresh(names.some((path) => !sources.fileExists(path)));
      if (last && names.length > 0) onChange([...withImporters(last, names, resolutions.resolve)]);
      const program = language.getProgram()!;
      if (program !== last) {
        last = program;
        const files = filesBeside(program, folder, sources);
        beside = new Map(files.map(({ fileName }) => [fileName, sources.versionOf(fileName)]));
      }
      return program;
    },
  };
}

/** Files of a program that somebody may change: no package's, and no cell's. */
export function filesBeside(
  program: typescript.Program,
  folder: string,
  sources: Sources,
): typescript.SourceFile[] {
  return program
    .getSourceFiles()
    .filter(({ fileName }) => !isOfPackage(fileName, folder) && !isCell(fileName, sources));
}

const isCell = (path: string, sources: Sources) =>
  /\/__\w+(\.d)?\.ts$/.test(path) && sources.isWritten(path);

/** Those files and, by way of imports, all that import them and are no declarations. */
function withImporters(
  program: typescript.Program,
  files: readonly string[],
  resolve: Resolutions['resolve'],
): ReadonlySet<string> {
  const found = new Set(files);
  const others = program
    .getSourceFiles()
    .filter(({ fileName }) => !isDeclarationFile(fileName) && !found.has(fileName));
  let size: number;
  do {
    size = found.size;
    for (const file of others) {
      if (importedBy(file, resolve).some((name) => found.has(name))) found.add(file.fileName);
    }
  } while (found.size > size);
  return found;
}

function importedBy(file: typescript.SourceFile, resolve: Resolutions['resolve']): string[] {
  const { imports } = file as typescript.SourceFile & {
    imports?: readonly typescript.StringLiteralLike[];
  };
  return (imports ?? [])
    .filter(({ text }) => text.startsWith('.'))
    .flatMap(({ text }) => resolve(text, file.fileName, undefined) ?? []);
}
