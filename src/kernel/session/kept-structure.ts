import type typescript from 'typescript';
import { modeOf, type Resolutions } from './resolutions.js';
import { ts } from './typescript.js';

/** What the compiler notes on a file in the course of making a program. */
type Noted = typescript.SourceFile & {
  readonly path: string;
  readonly imports: readonly typescript.StringLiteralLike[];
  readonly moduleAugmentations: readonly typescript.StringLiteralLike[];
  resolvedModules?: NotedResolutions;
};

interface NotedResolutions {
  set(name: string, mode: unknown, resolution: object): void;
}

const { createModeAwareCache } = ts as unknown as { createModeAwareCache(): NotedResolutions };

/**
 * Lets the next program take over a program's structure although some of its files import something
 * else now, as long as all of that is in the program already. The compiler compares what the old file
 * imported with what the new one does, and sets all files in relation anew where that differs, which
 * takes longer than the rest of a cell. So the old file, which nothing uses any more, is made to say
 * that it imported the same.
 */
export function keepStructure(
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
    // The compiler has looked for the new file's imports by the time it compares.
    imports: { get: () => now.imports },
    resolvedModules: { get: () => (noted ??= resolved()) },
    flags: { value: fresh.flags },
  });
}
