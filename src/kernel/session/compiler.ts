import type typescript from 'typescript';
import { augmentationsIn } from './augmentations.js';
import { createConverterView } from './converter-view.js';
import type { Diagnostic } from './diagnostic.js';
import { createRewriter, type Rewritten } from './rewrite.js';
import { changeCompiler, compiling, requireFromTslab, ts } from './typescript.js';

interface Conversion {
  readonly output?: string;
  readonly declOutput?: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly lastExpressionVar?: string;
  readonly hasToplevelAwait?: boolean;
  readonly sideOutputs?: readonly { readonly path: string; readonly data: string }[];
}

export interface Completions {
  readonly start: number;
  readonly end: number;
  readonly candidates: readonly string[];
  readonly original?: typescript.CompletionInfo;
}

/** The part of tslab's converter that is used here; `previous` declares what earlier cells made. */
interface Converter {
  convert(previous: string, source: string): Conversion;
  inspect(previous: string, source: string, position: number): typescript.QuickInfo | undefined;
  complete(previous: string, source: string, position: number): Completions;
  addModule(name: string, source: string, metadata?: object): readonly Diagnostic[];
  close(): void;
}

/** A cell, ready to run. */
export interface CompiledCell extends Rewritten {
  readonly output: string;
  /** What later cells may know of this and earlier cells, as declarations. */
  readonly declarations: string;
  readonly hasAwait: boolean;
  readonly sideOutputs: Conversion['sideOutputs'];
}

export interface Compiler {
  /** Compiles a cell against declarations of the earlier ones. */
  compile(previous: string, source: string): CompiledCell | { diagnostics: readonly Diagnostic[] };
  inspect: Converter['inspect'];
  complete: Converter['complete'];
  addModule: Converter['addModule'];
  /** Reads declarations that cells are likely to import, ahead of the cell that does. */
  preload(declarations: string): void;
}

/** tslab's converter with strict types, package exports, source maps, and loops that run fast. */
export function createCompiler(): Compiler {
  const rewriter = createRewriter();
  const view = createConverterView(rewriter);
  changeCompiler(view.changes);
  const { createConverter } = requireFromTslab('./dist/converter.js') as {
    createConverter(options: object): Converter;
  };
  const converter = compiling(() => createConverter({ isJS: false, isBrowser: false }));
  const readDeclarations = () => void compiling(() => converter.convert('', ''));
  // Those of the language and of Node: a session that says it is ready has read them.
  readDeclarations();
  return {
    compile(previous, source) {
      const augmentations = augmentationsIn(source);
      if (augmentations.length > 0) return { diagnostics: augmentations };
      rewriter.begin();
      const conversion = compiling(() => converter.convert(previous, withoutExports(source)));
      if (conversion.diagnostics.length > 0) {
        return { diagnostics: conversion.diagnostics.map((each) => within(each, source)) };
      }
      const rewritten = rewriter.result();
      return {
        ...rewritten,
        output: conversion.output ?? '',
        declarations: conversion.declOutput ?? '',
        hasAwait: conversion.hasToplevelAwait === true || rewritten.hasAwait,
        sideOutputs: conversion.sideOutputs,
      };
    },
    inspect: (...all) => compiling(() => converter.inspect(...all)),
    complete: (...all) => compiling(() => converter.complete(...all)),
    addModule: (...all) => compiling(() => converter.addModule(...all)),
    preload(declarations) {
      view.addFile(declarations);
      readDeclarations();
    },
  };
}

/** A diagnostic about what is missing at the end is about a line that tslab has added: it ends the cell. */
function within(diagnostic: Diagnostic, source: string): Diagnostic {
  if (diagnostic.fileName !== undefined || diagnostic.start.offset <= source.length) {
    return diagnostic;
  }
  const lines = source.trimEnd().split('\n');
  const end = {
    offset: source.trimEnd().length,
    line: lines.length - 1,
    character: lines.at(-1)!.length,
  };
  return { ...diagnostic, start: end, end };
}

/**
 * The source with `export` blanked out where it stands before a declaration: every name of a cell is
 * there for the next one anyhow. Nothing moves, so positions in error messages stay right.
 */
function withoutExports(source: string): string {
  if (!source.includes('export')) return source;
  const file = ts.createSourceFile('cell.ts', source, ts.ScriptTarget.Latest);
  let text = source;
  for (const statement of file.statements) {
    const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
    if (modifiers.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)) continue;
    for (const modifier of modifiers) {
      if (modifier.kind !== ts.SyntaxKind.ExportKeyword) continue;
      text = `${text.slice(0, modifier.end - 6)}      ${text.slice(modifier.end)}`;
    }
  }
  return text;
}
