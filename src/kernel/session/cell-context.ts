import { AsyncResource, executionAsyncId } from 'node:async_hooks';
import { promiseHooks } from 'node:v8';

/**
 * Which cell the code that runs now belongs to: its number, 0 for none. As long as no earlier cell has left
 * anything running, that is the last cell, whatever led there. Otherwise the cells are told apart: promises
 * carry theirs on, which makes code slower that makes many of them, timers always do (timers.ts), and
 * whatever else Node calls back has a number that tells during which cell it was made.
 *
 * Node's own AsyncLocalStorage would do the same and more, but switches on checks that abort the
 * process when code in a timer is interrupted.
 */
let current = 0;
/** In place of a cell's number while cells are told apart: nothing has said yet whose code runs. */
const UNKNOWN = -1;

/** Cells, with the number of what Node would have called back at their start. */
const begun: { readonly cell: number; readonly from: number }[] = [];
/** The last cell before cells were told apart: awaits that began by then say nothing of themselves. */
let earlier = 0;
/** Ends that cells are told apart; there where they are. */
let stop: (() => void) | undefined;

const lastCell = () => (begun.length > 0 ? begun[begun.length - 1].cell : 0);

export function currentCell(): number {
  return current === UNKNOWN ? cellCalledBack(executionAsyncId()) : current;
}

/** The cell that made what Node calls back; 0 is the number of what goes on after an await. */
function cellCalledBack(number: number): number {
  if (number === 0) return earlier;
  // No functions of arrays: a cell may have put something else in their place.
  for (let k = begun.length - 1; k >= 0; k--) if (begun[k].from <= number) return begun[k].cell;
  return 0;
}

/** From here on, what runs belongs to that cell. */
export function enterCell(cell: number): void {
  current = cell;
  begun[begun.length] = { cell, from: new AsyncResource('cell').asyncId() };
}

/** The cell has ended. What it has left running goes on as a part of it. */
export function leaveCell(): void {
  if (stop) current = 0;
}

/** Whether code of several cells may run by turns from here on. */
export function tellCellsApart(apart: boolean): void {
  if (apart) current = UNKNOWN;
  if (apart === (stop !== undefined)) return;
  stop?.();
  earlier = lastCell();
  stop = apart ? followPromises() : undefined;
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
  static of(promise: object): number | undefined {
    return #cell in promise ? promise.#cell : undefined;
  }
}

/** The cell that made a promise. */
export const cellOf = (promise: object): number =>
  Stamp.of(promise) ?? (stop ? earlier : lastCell());

function followPromises(): () => void {
  return promiseHooks.createHook({
    init: (promise) => void new Stamp(promise, currentCell()),
    before: (promise) => {
      current = Stamp.of(promise) ?? earlier;
    },
    after: () => {
      current = UNKNOWN;
    },
  }) as () => void;
}
