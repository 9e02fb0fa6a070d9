import { Worker } from 'node:worker_threads';

/** Places in the array of numbers that the two threads share. */
export const flag = {
  /** 1 from an interrupt's arrival until it is dealt with; loops at the top of a cell look at it. */
  requested: 0,
  /** 1 while the kernel's own code runs that must not be cut short, such as the compiler. */
  busy: 1,
} as const;

const flags = new Int32Array(new SharedArrayBuffer(8));

/** What the loops of a cell look at: its first number is 1 when they are to stop. */
export const stopFlags: Int32Array = flags;

/** The error that an interrupted cell ends with. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  constructor() {
    super('The cell was interrupted.');
  }
}

/**
 * Watches for interrupts on a thread of its own, which can stop this one wherever its code is: in a
 * loop that never returns to Node, after an await, in a timer. `onInterrupt` is called with the cell
 * that is meant, 0 for none, when this thread is back in its event loop.
 */
export function watchInterrupts(onInterrupt: (cell: number) => void): void {
  const worker = new Worker(new URL('./interrupt-thread.js', import.meta.url), {
    workerData: flags,
    // The thread's own stderr would pass through this one's event loop.
    stdout: false,
    execArgv: [],
  });
  worker.on('message', (cell: number) => {
    if (Atomics.compareExchange(flags, flag.requested, 1, 0) === 1) onInterrupt(cell);
    Atomics.notify(flags, flag.requested);
  });
  worker.unref();
}

/** Runs the kernel's own code, which an interrupt waits for. */
export function uninterrupted<Result>(work: () => Result): Result {
  Atomics.store(flags, flag.busy, 1);
  try {
    return work();
  } finally {
    Atomics.store(flags, flag.busy, 0);
  }
}
