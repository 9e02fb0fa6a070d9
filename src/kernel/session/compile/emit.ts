import type typescript from 'typescript';
import { filesBeside } from './service.js';
import { isDeclarationFile, type Sources } from './sources.js';

/** A file beside the notebook, or a module that a cell holds, as JavaScript with its source map. */
export interface EmittedFile {
  readonly path: string;
  readonly code: string;
  readonly map: string;
}

/** JavaScript of the files of a program that are beside the notebook, of each when its version is new. */
export function createFileEmit(
  folder: string,
  sources: Sources,
): (program: typescript.Program) => EmittedFile[] {
  const given = new Map<string, string>();
  return (program) =>
    filesBeside(program, folder, sources).flatMap((file) => {
      const { fileName } = file;
      const version = sources.versionOf(fileName);
      if (!/\.[cm]?tsx?$/.test(fileName) || isDeclarationFile(fileName)) return [];
      if (given.get(fileName) === version) return [];
      given.set(fileName, version);
      return [{ path: fileName, ...emit(program, file) }];
    });
}

export function emit(
  program: typescript.Program,
  file: typescript.SourceFile,
  transformers?: typescript.CustomTransformers,
): { code: string; map: string } {
  const written = { code: '', map: '' };
  const write: typescript.WriteFileCallback = (path, text) => {
    written[path.endsWith('.map') ? 'map' : 'code'] = text;
  };
  program.emit(file, write, undefined, false, transformers);
  return { ...written, code: written.code.replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n') };
}
