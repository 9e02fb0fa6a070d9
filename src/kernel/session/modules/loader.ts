import { createRequire, Module, register, SourceMap } from 'node:module';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { types } from 'node:util';
import { constants, Script } from 'node:vm';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { Binding } from '../code/imports.js';
import type { EmittedFile } from '../compile/emit.js';
import { requireWithTimers } from '../timers.js';
import { requireFromTslab } from '../tslab.js';
import { isKit, kitRequire } from './kit-reload.js';
import {
  addressOf,
  besideResolution,
  freshCode,
  moduleOf,
  timeOf,
  typedPath,
  type BesideState,
} from './state.js';
import { transpiled } from './transpile.js';

type Namespace = Record<string, unknown>;

/** Loads modules for cells, in a folder. */
export interface Loader {
  readonly require: NodeJS.Require;
  /** Takes note of files that have changed since, and of what they are as JavaScript. */
  update(changed: readonly string[], files: readonly EmittedFile[]): void;
  /** What `import` gives; `file` is the one meant, where that is no package's. */
  load(name: string, file: string | undefined, attributes: object): Promise<Namespace>;
}

/** Where in a file beside the notebook a place of its JavaScript is; line and column from 1. */
export function placeBeside(script: string, line: number, column: number): string | undefined {
  const path = typedPath(script);
  const map = path === undefined ? undefined : maps.get(path);
  if (!map) return undefined;
  const parsed = (map.parsed ??= new SourceMap(JSON.parse(map.text) as never));
  const entry = parsed.findEntry(line - 1, column - 1);
  if (!('originalLine' in entry)) return undefined;
  return `${path}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
}
const maps = new Map<string, { readonly text: string; parsed?: SourceMap }>();

/** As Node has it from 22.15 on: hooks without a thread. */
const { registerHooks } = Module as unknown as { registerHooks?: (hooks: object) => void };

/** Node calls an option of its own experimental, which is no news to whoever runs a cell. */
function silenceWarning(): void {
  const { emitWarning } = process;
  process.emitWarning = (warning: string | Error, ...rest: unknown[]) => {
    if (String(warning).includes('USE_MAIN_CONTEXT_DEFAULT_LOADER')) return;
    (emitWarning as (...all: unknown[]) => void).call(process, warning, ...rest);
  };
}

export function createLoader(folder: string): Loader {
  silenceWarning();
  const state: BesideState = { folder, changes: new Map(), code: new Map() };
  const plain = createRequire(join(folder, 'cell.js'));
  const require = requireWithTimers(kitRequire(plain));
  const importing = new Script('(name, options) => import(name, options)', {
    filename: join(folder, 'afterfit-cell-0.js'),
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  }).runInThisContext() as (name: string, options?: object) => Promise<Namespace>;
  let port: MessagePort | undefined;
  let isHooked = false;
  /** Before the first import of a file beside the notebook: most notebooks have none. */
  const hook = () => {
    if (isHooked) return;
    isHooked = true;
    if (registerHooks) {
      registerHooks(inThread(state));
      return;
    }
    const channel = new MessageChannel();
    port = channel.port1;
    port.unref();
    register(new URL('./hooks.js', import.meta.url), {
      data: { state, port: channel.port2 },
      transferList: [channel.port2],
    });
  };
  return {
    require,
    update(changed, files) {
      for (const path of changed) {
        state.changes.set(path, (state.changes.get(path) ?? 0) + 1);
        // Node would hand out what it has read before.
        delete plain.cache[path];
      }
      for (const { path, code, map } of files) {
        state.code.set(path, { text: code, time: timeOf(path) });
        maps.set(path, { text: map });
      }
      if (files.length > 0) hook();
      if (changed.length + files.length > 0) port?.postMessage(state);
    },
    async load(name, file, attributes) {
      if (isKit(name) || /^(node:)?timers$/.test(name)) return require(name) as Namespace;
      if (name === 'tslab') return requireFromTslab('./dist/public.js') as Namespace;
      if (file === undefined) {
        return await importing(name, { with: attributes });
      }
      hook();
      const given = file.endsWith('.json') ? { type: 'json' } : attributes;
      return await importing(addressOf(file, state), { with: given });
    },
  };
}

type Next<Result> = (name: string, context?: object) => Result;

function inThread(state: BesideState): object {
  return {
    resolve(name: string, context: object, next: Next<object>) {
      const found = besideResolution(name, context, state);
      if (!found) return next(name, context);
      const { url, isTyped, importAttributes } = found;
      return isTyped ? { url, shortCircuit: true } : next(url, { ...context, importAttributes });
    },
    load(url: string, context: object, next: Next<object>) {
      const path = typedPath(url);
      if (path === undefined) return next(url, context);
      const code = freshCode(path, state) ?? transpiled(path, readFileSync(path, 'utf8'));
      return { ...moduleOf(code), shortCircuit: true };
    },
  };
}

/** Hands what an import asks for to `give`, by the name that the cell has for it. */
export function bindImports(
  found: Namespace,
  bindings: readonly Binding[],
  give: (name: string, read: () => unknown, isLive: boolean) => void,
): void {
  for (const [local, imported, isLive] of bindings) {
    if (imported === '*') give(local, () => wholeOf(found), false);
    else {
      const isModule = types.isModuleNamespaceObject(found) && imported in found;
      give(local, () => exportOf(found, imported), isLive && isModule);
    }
  }
}

/** An export by its name: Node does not see all that a CommonJS module exports. */
function exportOf(found: Namespace, name: string): unknown {
  if (name !== 'default') {
    return name in found ? found[name] : (found.default as Namespace | undefined)?.[name];
  }
  if (!('default' in found)) return found;
  const value = found.default as Namespace | undefined;
  return isTranslated(value) ? value.default : value;
}

/** Whether it is an ES module, translated to CommonJS. */
const isTranslated = (value: unknown): value is Namespace =>
  typeof value === 'object' && value !== null && '__esModule' in value && 'default' in value;

function wholeOf(found: Namespace): unknown {
  const value = found.default;
  const isObject = (typeof value === 'object' && value !== null) || typeof value === 'function';
  if (!isObject || !types.isModuleNamespaceObject(found)) return found;
  const names = Object.keys(value);
  if (names.every((name) => name in found)) return found;
  const isCommon = Object.values(requireFromTslab.cache).some((each) => each?.exports === value);
  return isCommon ? { ...found, ...value } : found;
}
