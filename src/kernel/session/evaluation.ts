import { setImmediate } from 'node:timers';
import { currentCell, inCell } from './cell-context.js';
import { nameCode, rememberCell } from './cell-code.js';
import type { CompiledCell, Compiler } from './compiler.js';
import { compileFailure, CompileFailure } from './error-messages.js';
import { Interrupted, isInterrupting } from './interrupts.js';
import { kitRequire } from './kit-reload.js';
import { prompt, PROMPT_TYPE } from './prompt.js';
import { declarationsAfterFailure, type Scope } from './scope.js';
import { requireWithTimers } from './timers.js';
import { requireFromTslab } from './typescript.js';

/** What running code comes to. */
export type Evaluated = { readonly value: unknown } | { readonly thrown: unknown };

/** A piece of code on its way. */
interface Active {
  readonly cell: number;
  readonly label: string;
  compiled?: CompiledCell;
  /** What the names that it declares held before. */
  held?: ReadonlyMap<string, unknown>;
  failure?: { readonly thrown: unknown };
  /** Ends the wait for code that will not come to its end. */
  readonly abandon: (thrown: unknown) => void;
}

interface Executor {
  execute(source: string): Promise<boolean>;
}

/** Runs cells, one at a time, and keeps their variables and what is known of their types. */
export interface Evaluation {
  readonly scope: Scope;
  /** What cells load modules with. */
  readonly require: NodeJS.Require;
  declarations(): string;
  evaluate(cell: number, label: string, source: string): Promise<Evaluated>;
  /** Gives up the code that runs, if any: its result is that error. */
  abandon(thrown: unknown): boolean;
  /** Lets go of code that was cut short together with who waited for it. */
  forget(): void;
  /** The cell that runs, 0 where none does. */
  running(): number;
}

/** tslab's marks of a cell for the browser. */
const { getCodeMetadata } = requireFromTslab('./dist/metadata.js') as {
  getCodeMetadata(source: string): { mode?: string };
};

/** tslab's executor with a converter; it hands what a cell throws to a `console` that it is given. */
function tslabExecutor(
  folder: string,
  converter: object,
  onThrown: (thrown: unknown) => void,
): Executor {
  const { createExecutor } = requireFromTslab('./dist/executor.js') as {
    createExecutor(folder: string, convs: object, console: object): Executor;
  };
  const convs = { node: converter, browser: converter, close: () => undefined };
  return createExecutor(folder, convs, { log: () => undefined, error: onThrown });
}

/** What the code of cells finds in the global variable that tslab's executor has made. */
interface CellTools {
  keeping(): readonly string[];
  throwIfInterrupted(): void;
  /** What an await came to, unless nobody waits for the cell any more. */
  resumed(value: unknown): unknown;
}

/** Puts the kernel's scope and tools in the place of tslab's; the `require` that cells use from now on. */
function provide(scope: Scope, tools: CellTools): NodeJS.Require {
  const given = (globalThis as unknown as { __tslab__: { require: NodeJS.Require } }).__tslab__;
  const require = requireWithTimers(kitRequire(given.require));
  // Not configurable: a cell that deletes it would be the last one that runs.
  Object.defineProperty(globalThis, '__tslab__', {
    value: { exports: scope, require, ...tools },
    configurable: false,
  });
  return require;
}

/**
 * Calls a function in a turn of the event loop of its own: an interrupt cuts short all that is on the
 * stack, and whoever waits for the cell must not be on it.
 */
function started<Result>(cell: number, work: () => Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    setImmediate(() => {
      void inCell(cell, () => work().then(resolve, reject));
    });
  });
}

export function createEvaluation(compiler: Compiler, folder: string): Evaluation {
  const scope: Scope = { prompt };
  let declarations = PROMPT_TYPE;
  let active: Active | undefined;
  /** Cells whose code may go on although nobody waits for it. */
  const abandonedCells = new Set<number>();

  const converter = {
    /** tslab's executor passes on declarations that it keeps itself; here they outlive a failure. */
    convert(_previous: string, source: string) {
      const { cell, label } = active!;
      rememberCell(cell, label, source);
      const compiled = compiler.compile(declarations, source);
      if ('diagnostics' in compiled) throw compileFailure(cell, label, compiled.diagnostics);
      active!.compiled = compiled;
      active!.held = new Map(compiled.names.map((name) => [name, scope[name]]));
      const { output, hasAwait, sideOutputs, maps } = compiled;
      return {
        output: nameCode(cell, output, maps, hasAwait),
        declOutput: '',
        diagnostics: [],
        hasToplevelAwait: hasAwait,
        sideOutputs,
      };
    },
    addModule(...all: Parameters<Compiler['addModule']>) {
      const diagnostics = compiler.addModule(...all);
      if (diagnostics.length === 0) return [];
      throw compileFailure(active!.cell, active!.label, diagnostics);
    },
    close: () => undefined,
  };
  // Code that was given up may throw later still.
  const executor = tslabExecutor(folder, converter, (thrown) => {
    if (!active || active.failure || currentCell() !== active.cell) return;
    // A program that the cell waited for, interrupted with it, makes for an error of its own.
    active.failure = { thrown: isInterrupting() ? new Interrupted() : thrown };
  });
  const throwIfInterrupted = () => {
    if (abandonedCells.has(currentCell())) throw new Interrupted();
  };
  const require = provide(scope, {
    // Read by the watching thread when it cuts code short.
    keeping: () => active?.compiled?.keeping ?? [],
    throwIfInterrupted,
    resumed(value) {
      throwIfInterrupted();
      return value;
    },
  });

  const conclude = ({ compiled, held, failure }: Active): Evaluated => {
    if (failure) {
      if (compiled) {
        const isSet = (name: string) => scope[name] !== held!.get(name);
        declarations = declarationsAfterFailure(declarations, compiled, isSet);
      }
      return failure;
    }
    if (!compiled) return { value: undefined };
    declarations = compiled.declarations;
    const { last } = compiled;
    if (last === undefined) return { value: undefined };
    const value = scope[last];
    scope[last] = undefined;
    return { value };
  };

  return {
    scope,
    require,
    declarations: () => declarations,
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
      if (getCodeMetadata(source).mode === 'browser') {
        const evalue = 'A cell marked @browser is not run: this kernel runs code in Node.';
        return { thrown: new CompileFailure({ ename: 'Error', evalue, traceback: [evalue] }) };
      }
      let abandon!: Active['abandon'];
      const abandoned = new Promise<void>((resolve) => {
        abandon = (thrown) => {
          current.failure ??= { thrown };
          abandonedCells.add(cell);
          resolve();
        };
      });
      const current: Active = { cell, label, abandon };
      active = current;
      try {
        await Promise.race([started(cell, () => executor.execute(source)), abandoned]);
      } catch (error) {
        current.failure ??= { thrown: error };
      }
      // Rejections that nobody handled are told in this turn of the event loop.
      await new Promise((resolve) => setImmediate(resolve));
      if (active === current) active = undefined;
      return conclude(current);
    },
  };
}
