import type typescript from 'typescript';
import type { Rewriter } from './rewrite.js';
import { exported } from './cell-names.js';
import { ts } from './typescript.js';

type Builder = typescript.BuilderProgram;
interface Host {
  afterProgramCreate?(builder: Builder): void;
}

/** The file that declares what earlier cells made, as tslab calls it. */
const isPrevious = (file: typescript.SourceFile) => file.fileName.endsWith('/__prev__.d.ts');

/**
 * Makes tslab's converter work on plain programs, without the record of what depends on what that a
 * compiler in watch mode keeps: making it took half of a cell's time. Their `emit` writes `{ v }` out as
 * `{ v: exports.v }` where `v` is an earlier cell's: tslab puts `exports.` before every other use of such
 * a name, but not there.
 */
export function withPlainBuilder<Watched extends object>(
  host: Watched,
  rewriter: Rewriter,
): Watched {
  let given: ((builder: Builder) => void) | undefined;
  return Object.defineProperty(host, 'afterProgramCreate', {
    configurable: true,
    enumerable: true,
    get: (): Host['afterProgramCreate'] => (builder) => given?.(changed(builder, rewriter)),
    set: (handler: (builder: Builder) => void) => (given = handler),
  });
}

function changed(builder: Builder, rewriter: Rewriter): Builder {
  const emit: Builder['emit'] = (file, write, token, declarationsOnly, transformers) =>
    rewriter.whileEmitting(() =>
      builder.emit(file, write, token, declarationsOnly, {
        ...transformers,
        before: [...(transformers?.before ?? []), longhand(builder.getProgram().getTypeChecker())],
      }),
    );
  const getAllDependencies = (file: typescript.SourceFile) => dependenciesOf(builder, file);
  const getSourceFile: Builder['getSourceFile'] = (name) => {
    const file = builder.getSourceFile(name);
    // The converter looks for the names that a file declares before anything has asked for types.
    if (file) bindSourceFile(file, builder.getCompilerOptions());
    return file;
  };
  const changes = { emit, getAllDependencies, getSourceFile };
  return Object.assign(Object.create(builder) as Builder, changes);
}

/** Of the compiler's own: finds what a file declares; a second call does nothing. */
const { bindSourceFile } = ts as unknown as {
  bindSourceFile(file: typescript.SourceFile, options: typescript.CompilerOptions): void;
};

/** A file and, by way of its imports, all files beside it that are no declarations. */
function dependenciesOf(builder: Builder, file: typescript.SourceFile): string[] {
  const found = new Set([file.fileName]);
  const follow = (from: typescript.SourceFile) => {
    const { resolvedModules } = from as typescript.SourceFile & { resolvedModules?: Resolutions };
    resolvedModules?.forEach((resolution) => {
      const name = resolution?.resolvedModule?.resolvedFileName;
      if (name === undefined || found.has(name) || /\.d\.[cm]?ts$/.test(name)) return;
      found.add(name);
      const next = builder.getSourceFile(name);
      if (next) follow(next);
    });
  };
  follow(file);
  return [...found];
}

interface Resolutions {
  forEach(handle: (resolution?: { resolvedModule?: { resolvedFileName: string } }) => void): void;
}

function longhand(
  checker: typescript.TypeChecker,
): typescript.TransformerFactory<typescript.SourceFile> {
  return (context) => {
    const visit = (node: typescript.Node): typescript.Node => {
      if (!ts.isShorthandPropertyAssignment(node)) return ts.visitEachChild(node, visit, context);
      const symbol = checker.getShorthandAssignmentValueSymbol(node);
      if (!symbol?.declarations?.some((each) => isPrevious(each.getSourceFile()))) return node;
      const { factory } = context;
      const name = node.name.text;
      const value = exported(factory, name);
      const initial = node.objectAssignmentInitializer;
      return factory.createPropertyAssignment(
        name,
        initial
          ? factory.createAssignment(value, ts.visitNode(initial, visit) as typescript.Expression)
          : value,
      );
    };
    return (file) => ts.visitEachChild(file, visit, context);
  };
}
