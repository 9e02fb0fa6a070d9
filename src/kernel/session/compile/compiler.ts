import { join } from 'node:path';
import type typescript from 'typescript';
import { isReserved, renameReserved, runtimeName } from '../code/reserved.js';
import { scriptOf } from '../code/script.js';
import { isAugmentation, withoutExports } from './cell-text.js';
import { createCheck } from './check.js';
import { syntaxErrors, type Diagnostic } from './diagnostic.js';
import { createFileEmit, emit, type EmittedFile } from './emit.js';
import { createGlobals } from './globals.js';
import { linksOf, merged, type Home, type Homes } from './homes.js';
import { namesIn, type Names } from './names.js';
import { createOptions } from './options.js';
import { createService } from './service.js';
import { shortTypes } from './short-types.js';
import { createSources, type Sources } from './sources.js';
import { compiling, ts } from './typescript.js';

/** A cell, ready to run. */
export interface CompiledCell {
  /** A script whose value is a function that runs the cell, given the kernel's tools. */
  readonly code: string;
  /** From the script to the cell: a source map as JSON. */
  readonly map: string;
  /** Names that the cell declares, but for those that are types alone. */
  readonly names: readonly string[];
  /** Code that, where a quick loop stands, writes its variables back. */
  readonly keeping: readonly string[];
  /** Files beside the notebook, and modules of cells, that have to be run again: as JavaScript. */
  readonly files: readonly EmittedFile[];
  /** Lets later cells know its names, those of values only where they have been set. */
  settle(isSet: (name: string) => boolean): void;
}

type Refused = { readonly diagnostics: readonly Diagnostic[] };

export interface Compiler {
  compile(source: string): CompiledCell | Refused;
  /** Makes a module of a cell's text, for other cells and files to import by that name. */
  addModule(name: string, source: string): readonly Diagnostic[];
  /** The language service, with some text as the cell at hand; the path of that. */
  ask<Answer>(
    source: string,
    question: (language: typescript.LanguageService, path: string) => Answer,
  ): Answer;
  /** Reads declarations that cells are likely to import, ahead of the cell that does. */
  preload(declarations: string): void;
  /** Whether cells are checked strictly; undefined for what the folder's tsconfig.json says. */
  setStrict(strict: boolean | undefined): void;
  /** Takes the files beside the notebook that have changed since they were asked for last. */
  takeChanged(): string[];
  /** What is global in every cell's folder, beside the notebook or in memory. */
  readonly sources: Sources;
}

/** Puts a text in the place of a file in memory, for good only where nothing is wrong with it. */
function replaced(
  sources: Sources,
  path: string,
  source: string,
  check: () => readonly Diagnostic[],
): readonly Diagnostic[] {
  const before = sources.isWritten(path) ? sources.readFile(path) : undefined;
  sources.write(path, source);
  const diagnostics = check();
  if (diagnostics.length === 0) return [];
  if (before === undefined) sources.remove(path);
  else sources.write(path, before);
  return diagnostics;
}

interface Facts {
  readonly names: Names;
  readonly homes: Homes;
  /** Names that some function of some cell uses. */
  readonly observed: ReadonlySet<string>;
  /** Where the cell's own text ends. */
  readonly end: number;
  readonly last: typescript.Statement | undefined;
  fileOf(name: string): string | undefined;
}

/** The script that a checked cell is run as. */
function translate(
  program: typescript.Program,
  file: typescript.SourceFile,
  { names, homes, observed, end, last, fileOf }: Facts,
): Pick<CompiledCell, 'code' | 'map' | 'keeping'> {
  const checker = program.getTypeChecker();
  const keeping: string[] = [];
  const isVariable = (name: string) => (names.declared.get(name) ?? homes.get(name))?.variable;
  const own = new Set([...names.declared.keys()].map(runtimeName));
  const script = scriptOf({
    checker,
    last: last && ts.isExpressionStatement(last) ? last : undefined,
    end,
    keeping,
    isOwn: (name) => own.has(name),
    isUnobserved: (name) => isVariable(name) === true && !observed.has(name) && !isReserved(name),
    fileOf,
  });
  const renamed = [...names.used, ...names.declared.keys()].filter(
    (name) => isReserved(name) && (names.declared.has(name) || homes.has(name)),
  );
  const after = [renameReserved(checker, new Set(renamed)), script];
  return { ...emit(program, file, { after }), keeping };
}

/** Compiles cells, each a module that imports what it uses from the modules of earlier ones. */
export function createCompiler(folder: string): Compiler {
  const sources = createSources(folder);
  const options = createOptions(folder);
  const at = (name: string) => join(folder, name);
  const paths = { cell: at('__cell.ts'), globals: at('__globals.d.ts') };
  const globals = createGlobals(sources, paths.globals);
  sources.write(paths.cell, 'export {};');
  const changed = new Set<string>();
  const service = createService(
    folder,
    sources,
    [paths.globals, paths.cell],
    options.current,
    (all) => all.forEach((path) => changed.add(path)),
  );
  const homes = new Map<string, Home>();
  /** Names that some function of some cell uses: whatever runs may look at such a variable. */
  const observed = new Set<string>();
  let count = 0;
  // The language's and Node's declarations: a session that says it is ready has read them.
  compiling(() => service.program().getTypeChecker());

  const write = (source: string, ...rest: Parameters<typeof linksOf>) =>
    sources.write(paths.cell, source + linksOf(...rest));

  const check = createCheck(folder, sources);
  const emitBeside = createFileEmit(folder, sources);

  const compile = (given: string): CompiledCell | Refused => {
    const source = withoutExports(given);
    const parsed = ts.createSourceFile(paths.cell, source, ts.ScriptTarget.Latest, true);
    const faults = syntaxErrors(parsed);
    if (faults.length > 0) return { diagnostics: faults };
    const names = namesIn(parsed);
    globals.need(names.used);
    write(source, names, homes);
    const program = service.program();
    const file = program.getSourceFile(paths.cell)!;
    const diagnostics = check(program, paths.cell, source);
    if (diagnostics.length > 0) return { diagnostics };
    names.insideFunctions.forEach((name) => observed.add(name));
    const translated = translate(program, file, {
      names,
      homes,
      observed,
      end: source.length,
      last: file.statements[parsed.statements.length - 1],
      fileOf: (name: string) => service.fileOf(name, paths.cell),
    });
    const typed = shortTypes(program, file, names);
    const text = sources.readFile(paths.cell)!;
    const isAugmenting = parsed.statements.some(isAugmentation);
    return {
      ...translated,
      names: [...names.declared].flatMap(([name, { value }]) => (value ? [name] : [])),
      files: emitBeside(program),
      settle(isSet) {
        const module = `./__cell${++count}`;
        const path = at(`${module.slice(2)}.ts`);
        let isUsed = isAugmenting;
        for (const [name, declared] of names.declared) {
          if (declared.value && !isSet(name)) continue;
          homes.set(name, { ...merged(declared, homes.get(name)), module, typed: typed.get(name) });
          isUsed = true;
        }
        if (isUsed) sources.write(path, text);
        if (isAugmenting) service.addRoot(path);
      },
    };
  };

  const addModule = (name: string, source: string): readonly Diagnostic[] => {
    const path = at(`${name}.ts`);
    sources.write(paths.cell, `import './${name}';`);
    const diagnostics = replaced(sources, path, source, () =>
      check(service.program(), path, source),
    );
    if (diagnostics.length === 0) changed.add(path);
    return diagnostics;
  };

  const ask: Compiler['ask'] = (source, question) => {
    const parsed = ts.createSourceFile(paths.cell, source, ts.ScriptTarget.Latest, true);
    const { declared, used } = namesIn(parsed);
    // A name that is being typed may become any; one that is there is told of with its comment.
    const all = new Set([...used, ...homes.keys()]);
    write(source, { declared, used: all }, homes, (name) => !used.has(name));
    return question(service.language, paths.cell);
  };

  return {
    sources,
    compile: (source) => compiling(() => compile(source)),
    addModule: (name, source) => compiling(() => addModule(name, source)),
    ask: (source, question) => compiling(() => ask(source, question)),
    preload: (declarations) =>
      compiling(() => {
        service.addRoot(declarations);
        service.program().getTypeChecker();
      }),
    setStrict: options.setStrict,
    takeChanged() {
      const all = [...changed];
      changed.clear();
      return all;
    },
  };
}
