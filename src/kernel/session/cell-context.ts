import { promiseHooks } from 'node:v8';

/**
 * Which cell the code that runs now belongs to: its number, 0 for none. A cell's promises carry it on,
 * and so do its timers (timers.ts), long after the cell has ended.
 *
 * Node's own AsyncLocalStorage would do the same and more, but switches on checks that abort the
 * process when code in a timer is interrupted.
 */
let current = 0;

export function currentCell(): number {
  return current;
}

/** From here on, what runs belongs to that cell. */
export function enterCell(cell: number): void {
  current = cell;
}

/**
 * Calls a function as part of a cell. What it throws still belongs to that cell: whoever takes an
 * uncaught error hears of it only after this has returned, and asks then.
 */
export function inCell<Result>(cell: number, work: () => Result): Result {
  const before = current;
  current = cell;
  const result = work();
  current = before;
  return result;
}

/** Returns what it is given instead of a new object, so that a subclass can add fields to it. */
class Given {
  constructor(object: object) {
    return object;
  }
}

/** A field on promises that nobody else sees, in a printed promise neither. */
class Stamp extends Given {
  #cell: number;
  constructor(promise: object, cell: number) {
    super(promise);
    this.#cell = cell;
  }
  static of(promise: object): number {
    return #cell in promise ? promise.#cell : 0;
  }
}

/** The cell that made a promise. */
export const cellOf = (promise: object): number => Stamp.of(promise);

/** Lets promises carry their cell. */
export function followPromises(): void {
  promiseHooks.createHook({
    init: (promise) => void new Stamp(promise, current),
    before: (promise) => {
      current = Stamp.of(promise);
    },
  });
}
