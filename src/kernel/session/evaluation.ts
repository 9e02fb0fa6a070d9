import { join } from 'node:path';
import { setImmediate } from 'node:timers';
import { pathToFileURL } from 'node:url';
import { constants, Script } from 'node:vm';
import { currentCell, inCell } from './cell-context.js';
import { rememberCell, rememberMap, scriptName } from './cell-code.js';
import type { CompiledCell, Compiler } from './compile/compiler.js';
import { META } from './code/reserved.js';
import { compileFailure, CompileFailure } from './error-messages.js';
import { Interrupted, isInterrupting, KEEPING } from './interrupts.js';
import { firstOf, OwnPromise as Promise, settle, withIntrinsics } from './intrinsics.js';
import { cutLeftovers } from './leftovers.js';
import { bindImports, createLoader } from './modules/loader.js';
import { prompt } from './prompt.js';
import { createScope, type Scope } from './scope.js';

/** What running code comes to. */
export type Evaluated = { readonly value: unknown } | { readonly thrown: unknown };

/** A piece of code on its way. */
interface Active {
  readonly cell: number;
  readonly label: string;
  compiled?: CompiledCell;
  /** What the names that it declares held before. */
  held?: ReadonlyMap<string, unknown>;
  value?: unknown;
  failure?: { readonly thrown: unknown };
  /** Ends the wait for code that will not come to its end. */
  readonly abandon: (thrown: unknown) => void;
}

/** Runs cells, one at a time, and keeps their variables. */
export interface Evaluation {
  readonly scope: Scope;
  /** What cells load modules with. */
  readonly require: NodeJS.Require;
  evaluate(cell: number, label: string, source: string): Promise<Evaluated>;
  /** Gives up the code that runs, if any: its result is that error. */
  abandon(thrown: unknown): boolean;
  /** Lets go of code that was cut short together with who waited for it. */
  forget(): void;
  /** The cell that runs, 0 where none does. */
  running(): number;
}

/** What a comment at the beginning of a cell makes of it. */
const isForBrowser = (source: string) => /^\s*\/\*\*[^]*?@browser\b[^]*?\*\//.test(source);
const moduleName = (source: string) =>
  /^\s*\/\*\*[^]*?@module\s+([\w.@/-]+)[^]*?\*\//.exec(source)?.[1];

/**
 * Calls a function in a turn of the event loop of its own: an interrupt cuts short all that is on the
 * stack, and whoever waits for the cell must not be on it.
 */
function started<Result>(cell: number, work: () => Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    setImmediate(() => {
      void inCell(cell, () => settle(work(), resolve, reject));
    });
  });
}

function metaOf(folder: string, require: NodeJS.Require) {
  const filename = join(folder, 'cell.ts');
  const url = pathToFileURL(filename).href;
  const resolve = (name: string) => {
    const found = require.resolve(name);
    return found.startsWith('/') ? pathToFileURL(found).href : found;
  };
  return { dirname: folder, filename, url, resolve };
}

/** Cells whose code may go on although nobody waits for it, and what such code asks. */
function createGivenUp() {
  const cells = new Set<number>();
  // Loops that wait ask in each round: whose code runs is looked for only where some cell was given up.
  let isAny = false;
  const throwIfInterrupted = () => {
    if (isAny && cells.has(currentCell())) throw new Interrupted();
  };
  return {
    add(cell: number) {
      cells.add(cell);
      isAny = true;
    },
    tools: {
      throwIfInterrupted,
      /** What an await came to, unless nobody waits for the cell any more. */
      resumed(value: unknown) {
        if (isAny) throwIfInterrupted();
        return value;
      },
    },
  };
}

export function createEvaluation(compiler: Compiler, folder: string): Evaluation {
  const scope = createScope();
  const loader = createLoader(folder);
  let active: Active | undefined;
  const givenUp = createGivenUp();
  const define = (name: string | symbol, value: unknown) =>
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
  define('prompt', prompt);
  define('require', loader.require);
  const meta = metaOf(folder, loader.require);
  define('__dirname', meta.dirname);
  define('__filename', meta.filename);
  define(META, meta);
  define(Symbol.for(KEEPING), () => active?.compiled?.keeping ?? []);

  /** What the code of a cell is given. */
  const toolsFor = (current: Active) => ({
    set value(value: unknown) {
      current.value = value;
    },
    ...givenUp.tools,
    load: loader.load,
    bind: (found: Record<string, unknown>, bindings: Parameters<typeof bindImports>[1]) =>
      bindImports(found, bindings, scope.import),
  });

  /** A cell as a function that runs it; none where it declares a module. */
  const prepared = (current: Active, source: string) => {
    const { cell, label } = current;
    rememberCell(cell, label, source);
    const module = moduleName(source);
    if (module !== undefined) {
      const diagnostics = compiler.addModule(module, source);
      if (diagnostics.length > 0) throw compileFailure(cell, label, diagnostics);
      return undefined;
    }
    const compiled = compiler.compile(source);
    if ('diagnostics' in compiled) throw compileFailure(cell, label, compiled.diagnostics);
    const { code, map, names, files } = compiled;
    loader.update(compiler.takeChanged(), files);
    scope.declare(names);
    current.compiled = compiled;
    current.held = new Map(names.map((name) => [name, scope.get(name)]));
    rememberMap(cell, map);
    const script = new Script(code, {
      filename: scriptName(folder, cell),
      importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    });
    return script.runInThisContext() as (tools: object) => unknown;
  };

  const run = async (current: Active, source: string): Promise<void> => {
    // An interrupt may have come before its turn.
    if (current.failure) return;
    const start = withIntrinsics(() => prepared(current, source));
    // As in a module: what waits for a promise comes before what waits for the next tick.
    await (undefined as unknown);
    await start?.(toolsFor(current));
  };

  const conclude = ({ compiled, held, failure, value }: Active): Evaluated => {
    compiled?.settle((name) => !failure || scope.get(name) !== held!.get(name));
    return failure ?? { value };
  };

  return {
    scope,
    require: loader.require,
    forget() {
      if (active) conclude(active);
      active = undefined;
    },
    running: () => active?.cell ?? 0,
    abandon(thrown) {
      active?.abandon(thrown);
      return active !== undefined;
    },
    async evaluate(cell, label, source) {
      if (isForBrowser(source)) {
        const evalue = 'A cell marked @browser is not run: this kernel runs code in Node.';
        return { thrown: new CompileFailure({ ename: 'Error', evalue, traceback: [evalue] }) };
      }
      let abandon!: Active['abandon'];
      const abandoned = new Promise<void>((resolve) => {
        abandon = (thrown) => {
          current.failure ??= { thrown };
          givenUp.add(cell);
          cutLeftovers(cell);
          resolve();
        };
      });
      const current: Active = { cell, label, abandon };
      active = current;
      try {
        const ran = started<unknown>(cell, () => run(current, source));
        await firstOf(ran, abandoned);
      } catch (thrown) {
        // A program that the cell waited for, interrupted with it, makes for an error of its own.
        current.failure ??= { thrown: isInterrupting() ? new Interrupted() : thrown };
      }
      // Rejections that nobody handled are told in this turn of the event loop.
      await new Promise((resolve) => setImmediate(resolve));
      if (active === current) active = undefined;
      return conclude(current);
    },
  };
}
