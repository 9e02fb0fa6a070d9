import { promisify } from 'node:util';
import { currentCell, inCell } from './cell-context.js';

type Cancel = () => void;

/** Timers that cells made and that have not run out. */
const open = new Map<object, Cancel>();

/** How many timers of cells have not run out. */
export const timersOfCells = (): number => open.size;

/** Stops the timers of all cells. */
export function stopTimers(): void {
  for (const cancel of open.values()) cancel();
  open.clear();
}

/** The functions that remember the cell, once there are any. */
const followed: Record<string, unknown> = {};

/** A `require` whose module of timers has them too. */
export function requireWithTimers(original: NodeJS.Require): NodeJS.Require {
  return new Proxy(original, {
    apply(_target, _this, [id, ...rest]: [string]) {
      const module = original.call(undefined, ...([id, ...rest] as [string])) as object;
      return /^(node:)?timers$/.test(id) ? { ...module, ...followed } : module;
    },
  });
}

type Callback = (...args: unknown[]) => void;
type Start = (callback: Callback, ...rest: unknown[]) => object;

/**
 * Puts functions in the place of setTimeout, setInterval and setImmediate that remember the cell: what
 * a timer prints goes below the cell that set it, and an interrupt stops those that run away.
 */
export function followTimers(): void {
  const { setTimeout, setInterval, setImmediate, clearTimeout, clearImmediate } = globalThis;
  const following = (start: Start, cancel: (timer: never) => void, repeats: boolean): Start => {
    return (callback, ...rest) => {
      const cell = currentCell();
      // The kernel's own timers, and a wrong argument that Node has its own words for.
      if (cell === 0 || typeof callback !== 'function') return start(callback, ...rest);
      const timer = start(
        (...args) => {
          if (!repeats) open.delete(timer);
          inCell(cell, () => callback.apply(timer, args));
        },
        ...rest,
      );
      open.set(timer, () => cancel(timer as never));
      return timer;
    };
  };
  const forgetting = (clear: (timer: never) => void) => (timer: object) => {
    if (typeof timer === 'object') open.delete(timer);
    clear(timer as never);
  };
  const changed = {
    setTimeout: following(setTimeout as unknown as Start, clearTimeout, false),
    setInterval: following(setInterval as unknown as Start, clearTimeout, true),
    setImmediate: following(setImmediate, clearImmediate, false),
    clearTimeout: forgetting(clearTimeout),
    clearInterval: forgetting(clearTimeout),
    clearImmediate: forgetting(clearImmediate),
  };
  Object.assign(followed, changed);
  const promised = { setTimeout, setImmediate } as Record<string, unknown>;
  for (const [name, replacement] of Object.entries(changed)) {
    const own = (promised[name] as Record<symbol, unknown> | undefined)?.[promisify.custom];
    if (own) Object.defineProperty(replacement, promisify.custom, { value: own });
    Object.defineProperty(replacement, 'name', { value: name });
    Object.defineProperty(globalThis, name, {
      value: replacement,
      writable: true,
      configurable: true,
      enumerable: true,
    });
  }
}
