import { runtimeName } from './code/reserved.js';

/** The variables of all cells, by name: global ones, so that functions of every cell share them. */
export interface Scope {
  get(name: string): unknown;
  set(name: string, value: unknown): void;
  /** Names that cells have declared so far. */
  names(): Iterable<string>;
  /** Makes variables of names that are none yet, so that code can assign them. */
  declare(names: readonly string[]): void;
  /** Gives a cell what an import brings: a value, or what the module's variable holds at any time. */
  import(name: string, read: () => unknown, isLive: boolean): void;
}

export function createScope(): Scope {
  const all = globalThis as unknown as Record<string, unknown>;
  const known = new Set<string>();
  const define = (name: string, descriptor: PropertyDescriptor) =>
    Object.defineProperty(globalThis, name, { configurable: true, ...descriptor });
  return {
    get: (name) => all[runtimeName(name)],
    set: (name, value) => void (all[runtimeName(name)] = value),
    names: () => known,
    declare(names) {
      for (const name of names) {
        known.add(name);
        const property = runtimeName(name);
        const found = Object.getOwnPropertyDescriptor(globalThis, property);
        if (found && !found.get) continue;
        define(property, { value: undefined, writable: true, enumerable: false });
      }
    },
    import(property, read, isLive) {
      const found = Object.getOwnPropertyDescriptor(globalThis, property);
      if (isLive && found?.configurable !== false) define(property, { get: read });
      else all[property] = read();
    },
  };
}
