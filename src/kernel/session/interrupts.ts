import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads';
import { growBy } from './heap.js';
import { withIntrinsics } from './intrinsics.js';

/** Places in the array of numbers that the two threads share. */
export const flag = {
  /** 1 from an interrupt's arrival until it is dealt with. */
  requested: 0,
  /** 1 while the kernel's own code runs that must not be cut short, such as the compiler. */
  busy: 1,
  /** 1 where code had to be cut short: news of where is on its way. */
  cut: 2,
} as const;

const flags = new Int32Array(new SharedArrayBuffer(12));
const { compareExchange, load, store } = Atomics;

/** What the watching thread is given: the numbers that both share, and where it tells its news. */
export interface ThreadData {
  readonly flags: Int32Array;
  readonly port: MessagePort;
}

/** Under this symbol the watching thread finds the code that writes a loop's variables back. */
export const KEEPING = 'afterfit.keeping';

/** Whether an interrupt has come that is not dealt with yet. */
export function isInterrupting(): boolean {
  return load(flags, flag.requested) === 1;
}

/** What the watching thread says of an interrupt. */
export interface InterruptNews {
  /** The cell that is meant, 0 for none. */
  readonly cell: number;
  /** The calls that were cut short, the innermost first; none where nothing had to be. */
  readonly frames: readonly InterruptedFrame[];
}

/** A call, as the debugger tells it: line and column counted from 0. */
export interface InterruptedFrame {
  readonly script: string;
  readonly name: string;
  readonly line: number;
  readonly column: number;
}

/** The error that an interrupted cell ends with. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  constructor() {
    super('The cell was interrupted.');
  }
}

/**
 * Watches for interrupts on a thread of its own, which can stop this one wherever its code is: in a
 * loop that never returns to Node, after an await, in a timer. `onInterrupt` is called when this
 * thread is back in its event loop.
 */
export function watchInterrupts(onInterrupt: (news: InterruptNews) => void): void {
  // A port of their own: Node looks at `process.env`, which a cell may have spoiled, for messages of the worker's.
  const { port1: news, port2: port } = new MessageChannel();
  const worker = new Worker(new URL('./interrupt-thread.js', import.meta.url), {
    workerData: { flags, port } satisfies ThreadData,
    transferList: [port],
    // The thread's own stderr would pass through this one's event loop.
    stdout: false,
    execArgv: [],
  });
  news.on('message', (told: InterruptNews) => {
    // What was said before the code was cut short is overtaken by what follows.
    if (told.frames.length === 0 && load(flags, flag.cut) === 1) return;
    if (compareExchange(flags, flag.requested, 1, 0) === 1) withIntrinsics(() => onInterrupt(told));
  });
  news.unref();
  // Without its pipe it ends, and the front, which sees that, ends the process.
  worker.on('error', () => undefined);
  worker.unref();
}

/** Runs the kernel's own code, which an interrupt waits for, with nothing that cells have put in its way. */
export function uninterrupted<Result>(work: () => Result): Result {
  store(flags, flag.busy, 1);
  growBy(20);
  try {
    return withIntrinsics(work);
  } finally {
    growBy(0);
    store(flags, flag.busy, 0);
  }
}
