import type typescript from 'typescript';
import { modeOf, type Resolutions } from './module-resolution.js';
import { ts } from './typescript.js';

/** What the compiler notes on a file in the course of making a program. */
type Noted = typescript.SourceFile & {
  readonly path: string;
  readonly imports: readonly typescript.StringLiteralLike[];
  readonly moduleAugmentations: readonly typescript.StringLiteralLike[];
  resolvedModules?: NotedResolutions;
};

interface NotedResolutions {
  get(name: string, mode: unknown): { resolvedModule?: typescript.ResolvedModule } | undefined;
  set(name: string, mode: unknown, resolution: object): void;
}

/** Why a file is in a program: here, for the import of that number in a file. */
interface Reason {
  readonly kind: number;
  readonly file?: string;
  readonly index?: number;
}

/** The compiler's own, which its published types leave out. */
const { createModeAwareCache, FileIncludeKind } = ts as unknown as {
  createModeAwareCache(): NotedResolutions;
  FileIncludeKind: { Import: number };
};

/**
 * Lets the next program take over a program's structure although some of its files import something
 * else now, as long as all of that is in the program already. The compiler compares what the old file
 * imported with what the new one does, and sets all files in relation anew where that differs, which
 * takes longer than the rest of a cell. So the old file, which nothing uses any more, is made to say
 * that it imported the same.
 */
export function reuseStructure(
  program: typescript.Program,
  old: typescript.SourceFile | undefined,
  fresh: typescript.SourceFile | undefined,
  resolve: Resolutions['resolve'],
): void {
  if (!old || !fresh || old === fresh) return;
  const { fileName } = fresh;
  const now = fresh as Noted;
  const resolved = () => {
    const noted = createModeAwareCache();
    for (const literal of [...now.imports, ...now.moduleAugmentations]) {
      const mode = modeOf(fresh, literal);
      const found = resolve(literal.text, fileName, mode);
      const name = found.resolvedModule?.resolvedFileName;
      if (name !== undefined && !program.getSourceFile(name)) continue;
      noted.set(literal.text, mode, found);
    }
    return noted;
  };
  let noted: NotedResolutions | undefined;
  Object.defineProperties(old, {
    // The compiler has looked for the new file's imports by the time it compares. Configurable: where it
    // fails over the new file, the old one is compared with the one after it.
    imports: { get: () => now.imports, configurable: true },
    resolvedModules: { get: () => (noted ??= resolved()), configurable: true },
    flags: { value: fresh.flags, configurable: true },
  });
}

/**
 * Notes in a program why files are in it, as far as these files import them: with a kept structure it has
 * the notes of the last one. The compiler takes from them how a file is called in an import.
 */
export function noteIncludeReasons(
  program: typescript.Program,
  files: readonly typescript.SourceFile[],
): void {
  const { getFileIncludeReasons } = program as typescript.Program & {
    getFileIncludeReasons(): Map<string, Reason[]>;
  };
  const reasons = getFileIncludeReasons();
  const noted = files as readonly Noted[];
  const isTheirs = ({ kind, file }: Reason) =>
    kind === FileIncludeKind.Import && noted.some(({ path }) => path === file);
  for (const [path, list] of reasons) {
    const others = list.filter((reason) => !isTheirs(reason));
    if (others.length < list.length) reasons.set(path, others);
  }
  for (const file of noted) {
    file.imports.forEach((literal, index) => {
      const found = file.resolvedModules?.get(literal.text, modeOf(file, literal))?.resolvedModule;
      const imported =
        found && (program.getSourceFile(found.resolvedFileName) as Noted | undefined);
      if (!imported) return;
      const reason = { kind: FileIncludeKind.Import, file: file.path, index };
      reasons.set(imported.path, [...(reasons.get(imported.path) ?? []), reason]);
    });
  }
}
