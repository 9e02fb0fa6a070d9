import type typescript from 'typescript';
import { isDeclarationFile } from './documentation.js';

/** A file and, by way of its imports, all files beside it that are no declarations. */
export function dependenciesOf(program: typescript.Program, file: typescript.SourceFile): string[] {
  const found = new Set([file.fileName]);
  const follow = (from: typescript.SourceFile) => {
    for (const name of importedBy(from)) {
      if (found.has(name) || isDeclarationFile(name)) continue;
      const next = program.getSourceFile(name);
      // A package's JavaScript is no part of the program.
      if (!next) continue;
      found.add(name);
      follow(next);
    }
  };
  follow(file);
  return [...found];
}

/** Those files and, by way of imports, all that import them and are no declarations. */
export function withImporters(
  program: typescript.Program,
  files: readonly string[],
): ReadonlySet<string> {
  const found = new Set(files);
  const others = program.getSourceFiles().filter(({ fileName }) => !isDeclarationFile(fileName));
  let size: number;
  do {
    size = found.size;
    for (const file of others) {
      if (importedBy(file).some((name) => found.has(name))) found.add(file.fileName);
    }
  } while (found.size > size);
  return found;
}

/** What the compiler noted of a file's imports. */
interface Resolved {
  forEach(handle: (resolution?: { resolvedModule?: { resolvedFileName: string } }) => void): void;
}

function importedBy(file: typescript.SourceFile): string[] {
  const { resolvedModules } = file as typescript.SourceFile & { resolvedModules?: Resolved };
  const names: string[] = [];
  resolvedModules?.forEach((resolution) => {
    const name = resolution?.resolvedModule?.resolvedFileName;
    if (name !== undefined) names.push(name);
  });
  return names;
}
