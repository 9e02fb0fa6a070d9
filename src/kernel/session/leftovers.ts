import { Session } from 'node:inspector';
import { setTimeout } from 'node:timers';
import { promiseHooks } from 'node:v8';
import { cellOf } from './cell-context.js';

/** Milliseconds after which what an interrupted cell has left is cut: until then its end is being told. */
const SOON = 500;

const cells = new Set<number>();
let session: Session | undefined;

/** Ends what goes on of a cell that was interrupted, wherever one of its functions comes back from a wait. */
export function cutLeftovers(cell: number): void {
  setTimeout(() => {
    cells.add(cell);
    if (session) return;
    session = new Session();
    session.connect();
    promiseHooks.createHook({ before: cut });
  }, SOON).unref();
}

function cut(promise: Promise<unknown>): void {
  if (!cells.has(cellOf(promise))) return;
  session!.post('Runtime.terminateExecution');
  // V8 stops at the next call, so that nothing of the cell's comes first.
  for (;;) nothing();
}

function nothing(): void {
  // For the call alone.
}
