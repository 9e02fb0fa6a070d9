import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import type { Readable, Writable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { killGroup } from './kill-group.js';
import { spawnSession, type Launch } from './session-program.js';
import { explainBroken, explainEnd, explainFailedStart } from './session-end.js';
import { sessionLines } from './session-lines.js';
import {
  pipes,
  type Answer,
  type Failure,
  type SessionMessage,
  type SessionRequest,
} from './session-messages.js';

export interface SessionListeners {
  onMessage(message: SessionMessage): void;
  /** Text written past Node's streams: by native code, or by programs that the code started. */
  onRawText(name: 'stdout' | 'stderr', text: string): void;
  /** The process is gone, by itself. */
  onEnd(failure: Failure): void;
}

/** The process that runs the user's code. */
export interface Session {
  /** Its number; undefined where it could not be started. */
  readonly pid: number | undefined;
  /** Resolves with the session's answer; stays open when the process ends before. */
  ask(request: SessionRequest): Promise<object>;
  /** Interrupts a cell; with 0, whatever its cells have left running. */
  interrupt(cell: number): void;
  answer(answer: Answer): void;
  /** Ends it at once, with all it started. */
  kill(): void;
}

/** Starts the process; its listeners hear of it from the next turn of the event loop on. */
export type StartSession = (listeners: SessionListeners) => Session;

/** Starts a session for listeners that come later: what they miss meanwhile is kept for them. */
export function startSessionEarly(): StartSession {
  const missed: ((to: SessionListeners) => void)[] = [];
  let heard: SessionListeners | undefined;
  const tell = (say: (to: SessionListeners) => void) => {
    if (heard) say(heard);
    else missed.push(say);
  };
  const session = startSession({
    onMessage: (message) => tell((to) => to.onMessage(message)),
    onRawText: (name, text) => tell((to) => to.onRawText(name, text)),
    onEnd: (failure) => tell((to) => to.onEnd(failure)),
  });
  return (listeners) => {
    setImmediate(() => {
      heard = listeners;
      for (const say of missed.splice(0)) say(listeners);
    });
    return session;
  };
}

export function startSession(listeners: SessionListeners, launch?: Launch): Session {
  const word = randomUUID();
  const child = spawnSession(word, launch);
  // Its end is reported by 'close', or by the lack of a process id.
  child.on('error', () => undefined);
  if (child.pid === undefined) return unstarted(listeners);
  const waiting = new Map<number, (result: object) => void>();
  let asked = 0;
  let expected = false;
  let isReady = false;
  let isBroken = false;
  /** Whether the cell that runs has been told that it writes into the kernel's pipe. */
  let isTold = false;
  const receive = sessionLines(word, {
    onMessage(message) {
      isReady ||= message.kind === 'ready';
      if (message.kind !== 'result') return listeners.onMessage(message);
      waiting.get(message.id)?.(message.result);
      waiting.delete(message.id);
    },
    onForeign() {
      if (!isTold) listeners.onRawText('stderr', FOREIGN);
      isTold = true;
    },
  });
  /** A process without its pipes can neither be asked nor heard. */
  const broken = () => {
    const end = () => {
      if (expected || child.exitCode !== null || child.signalCode !== null) return;
      isBroken = true;
      killGroup(child);
    };
    setTimeout(end, LAST).unref();
  };
  (child.stdio[pipes.fromSession] as Readable).on('data', receive);
  const lastWords = forwardRawText(child, listeners);
  // What it started would hold its pipes open, and go on with nobody to hear it.
  child.on('exit', () => killGroup(child));
  // 'close' comes after the last byte of every pipe: all that it printed is out by then.
  child.on('close', (code, signal) => {
    if (expected) return;
    if (isBroken) return listeners.onEnd(explainBroken());
    const words = lastWords();
    const hasStarted = isReady || words !== '';
    const explain = hasStarted ? explainEnd : explainFailedStart;
    listeners.onEnd(explain(code, signal, words));
  });
  // Node's types know of five pipes.
  const inputs = child.stdio as unknown as readonly Writable[];
  const write = (pipe: number, line: object) => {
    if (inputs[pipe].writable) inputs[pipe].write(`${JSON.stringify(line)}\n`);
  };
  for (const pipe of Object.values(pipes)) {
    // Writing to a process that has just died, or that has closed the other end of the pipe.
    inputs[pipe].on('error', broken).on('end', broken).on('close', broken);
  }
  return {
    pid: child.pid,
    ask(request) {
      const id = ++asked;
      isTold = false;
      return new Promise((resolve) => {
        waiting.set(id, resolve);
        write(pipes.requests, { id, ...request });
      });
    },
    interrupt: (cell) => write(pipes.interrupts, { cell }),
    answer: (answer) => write(pipes.answers, answer),
    kill() {
      expected = true;
      killGroup(child);
    },
  };
}

/** In place of a session where the system could not start another process. */
function unstarted({ onEnd }: SessionListeners): Session {
  setImmediate(() => onEnd(explainEnd(null, null, 'it could not be started')));
  const nothing = () => undefined;
  return {
    pid: undefined,
    ask: () => new Promise(nothing),
    interrupt: nothing,
    answer: nothing,
    kill: nothing,
  };
}

/** Milliseconds in which a process that has closed its pipes ends by itself. */
const LAST = 1000;

const FOREIGN =
  `Something was written into file descriptor ${pipes.fromSession}, which is the kernel's own: ` +
  'it is left out.\n';

/** What Node says at the end of a process whose interrupts come through its debugger. */
const WAITING = 'Waiting for the debugger to disconnect...\n';

/** Milliseconds that a dying process takes at most from its report to its end. */
const REPORT = 5000;
/** Characters that such a report has at most. */
const REPORT_LENGTH = 2 ** 20;

/** Hands on what comes on stdout and stderr, but for V8's report of its own death, which is kept. */
function forwardRawText(child: ChildProcess, listeners: SessionListeners): () => string {
  let dying = '';
  // It was somebody else's report.
  const survived = () => {
    if (dying === '' || child.exitCode !== null || child.signalCode !== null) return;
    listeners.onRawText('stderr', dying);
    dying = '';
  };
  for (const name of ['stdout', 'stderr'] as const) {
    const decoder = new StringDecoder('utf8');
    child[name]!.on('data', (bytes: Buffer) => {
      const text = decoder.write(bytes);
      const isReport = name === 'stderr' && /^\s*<--- Last few GCs|FATAL ERROR:/.test(text);
      if (text === WAITING) return;
      if (isReport || (name === 'stderr' && dying !== '')) {
        if (dying === '') setTimeout(survived, REPORT).unref();
        dying += text;
        if (dying.length > REPORT_LENGTH) survived();
      } else if (text !== '') listeners.onRawText(name, text);
    });
  }
  return () => dying;
}
