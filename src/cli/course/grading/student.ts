import { randomUUID } from 'node:crypto';
import type { CellEnd, CellSession } from './cell-session.js';
import { PLAIN_DATA } from './judge.js';

/** What a submission may take. */
export interface Limits {
  /** Seconds of one call. */
  readonly call: number;
  /** Seconds of one cell. */
  readonly cell: number;
  /** Seconds of all cells together, and again of all calls together. */
  readonly budget: number;
  /** Characters that a cell or a call may print, or an answer may have. */
  readonly characters: number;
}

export const LIMITS: Limits = { call: 10, cell: 30, budget: 60, characters: 1_000_000 };

/** Times that a process which ended is started again. */
const MOST_RESTARTS = 6;
/** Calls of one function that have run too long, after which it is not called again. */
const MOST_STALLS = 2;

/** The kernel that runs what a student wrote. */
export interface Student {
  /** Runs a cell, for less time where `isShort`; all of them come before the first call. */
  runCell(code: string, isShort?: boolean): Promise<CellEnd>;
  /** Calls a function by its name: the encoded arguments, and the answer as JSON. Never throws. */
  call(name: string, args: unknown): Promise<string>;
  close(): void;
  /** Ends the calls, and gives the session back to run other cells in; undefined where it is gone. */
  free(): Promise<CellSession | undefined>;
}

const failed = (error: string): string => JSON.stringify({ error });

/**
 * The cell that answers calls: each `prompt` hands over the last answer and waits for the next call. Lines begin with a
 * word, so that a `prompt` of the student's own is not taken for an answer.
 */
const servingCell = (word: string): string => `{
  const { encodePlain, decodePlain } = require(${JSON.stringify(PLAIN_DATA)});
  let said = ${JSON.stringify(word)};
  for (;;) {
    const call = JSON.parse(prompt(said));
    if (call === null) break;
    const [id, name, args] = call;
    let answer: object;
    try {
      const found = (globalThis as any)['$' + name] ?? (globalThis as any)[name];
      answer = { value: encodePlain(await found(...decodePlain(args) as unknown[])) };
    } catch (error) {
      answer = { error: String(error).slice(0, 300) };
    }
    said = ${JSON.stringify(word)} + id + ' ' + JSON.stringify(answer);
  }
}`;

/** Seconds that are counted down. The time of starting a process is ours, and not the student's. */
function budgetOf(seconds: number) {
  let spent = 0;
  const use = (more: number) => void (spent += more);
  return {
    use,
    left: () => seconds - spent,
    /** Counts the time of a piece of work. */
    async timed<T>(work: Promise<T>): Promise<T> {
      const began = performance.now();
      return work.finally(() => use((performance.now() - began) / 1000));
    },
  };
}

/** The part of a cell's time that a short one gets. */
const SHORT = 0.1;

/** Starts a student's kernel with `start`, again where its process ends. */
export function startStudent(start: () => CellSession, limits: Limits): Student {
  const ofCalls = budgetOf(limits.budget);
  let budget = budgetOf(limits.budget);
  let restarts = 0;
  const done: string[] = [];
  const stalls = new Map<string, number>();
  let session = start();
  let isServing = false;
  let calls = 0;
  /** Takes the next call; there while the serving cell waits for it. */
  let hand: ((call: string) => void) | undefined;
  /** Takes the answer to the call on its way. */
  let pending: { id: number; take(answer: string): void } | undefined;
  let onWaiting: (() => void) | undefined;
  let serving: Promise<void> | undefined;

  const runCell = async (code: string, seconds: number) => {
    const own = session;
    // Until it is ready, or its end is told.
    const within = Math.min(seconds, Math.max(Math.ceil(10 * budget.left()) / 10, 0.1));
    const ran = own.run(code, { seconds: within, characters: limits.characters });
    await Promise.race([own.ready, ran]);
    return budget.timed(ran);
  };
  /** A process that ended took its variables along: what has run runs again. */
  const again = async () => {
    if (restarts++ >= MOST_RESTARTS) return budget.use(Infinity);
    session = start();
    isServing = false;
    for (const code of done) await runCell(code, limits.cell);
  };
  const listen = (word: string, text: string): Promise<string | undefined> => {
    if (!text.startsWith(word)) return Promise.resolve(undefined);
    const said = text.slice(word.length);
    const space = said.indexOf(' ');
    if (pending && Number(said.slice(0, space)) === pending.id) {
      const answer = said.slice(space + 1);
      pending.take(answer.length > limits.characters ? failed('its answer is too long') : answer);
    }
    return new Promise((resolve) => {
      hand = resolve;
      onWaiting?.();
    });
  };
  const serve = async () => {
    if (session.isOver()) await again();
    if (isServing) return;
    isServing = true;
    hand = undefined;
    const word = `${randomUUID()} `;
    const own = session;
    const waiting = new Promise<void>((resolve) => (onWaiting = resolve));
    const wide = { seconds: Infinity, characters: limits.characters };
    serving = own
      .run(servingCell(word), wide, (text) => listen(word, text))
      .then((end) => {
        if (own !== session) return;
        isServing = false;
        hand = undefined;
        pending?.take(failed(end.fault ?? 'it ended'));
      });
    await Promise.race([waiting, serving]);
  };

  return {
    async runCell(code, isShort = false) {
      if (budget.left() <= 0) return { status: 'stopped', outputs: [], fault: OVER };
      if (session.isOver()) await again();
      if (budget.left() <= 0) return { status: 'stopped', outputs: [], fault: OVER };
      const end = await runCell(code, isShort ? SHORT * limits.cell : limits.cell);
      // What threw may have declared functions before; what had to be ended would have to be again.
      if (end.status === 'ok' || end.status === 'error') done.push(code);
      return end;
    },
    async call(name, args) {
      budget = ofCalls;
      if (budget.left() <= 0) return failed(OVER);
      if ((stalls.get(name) ?? 0) >= MOST_STALLS) return failed('it ran too long before');
      await serve();
      const give = hand;
      if (!give) return failed(budget.left() <= 0 ? OVER : 'its kernel does not answer');
      hand = undefined;
      const id = ++calls;
      const seconds = Math.min(limits.call, Math.max(budget.left(), 0.1));
      let timer: NodeJS.Timeout | undefined;
      const answered = new Promise<string>((resolve) => {
        timer = setTimeout(() => {
          stalls.set(name, (stalls.get(name) ?? 0) + 1);
          session.stop(`no answer within ${limits.call} s`);
        }, 1000 * seconds);
        pending = { id, take: resolve };
        give(JSON.stringify([id, name, args]));
      });
      const answer = await budget.timed(answered);
      clearTimeout(timer);
      pending = undefined;
      return isJson(answer) ? answer : failed('its answer is no plain data');
    },
    close: () => session.close(),
    async free() {
      hand?.('null');
      await serving;
      return session.isOver() ? undefined : session;
    },
  };
}

const OVER = 'the time for this submission is over';

function isJson(text: string): boolean {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null;
  } catch {
    return false;
  }
}
