import type { ExecuteOutcome, SessionMessage } from '../../../kernel/session-messages.js';
import { startSession } from '../../../kernel/session-process.js';
import type { Launch } from '../../../kernel/session-program.js';
import { watchMemory } from './memory-watch.js';

/** An output of a cell, in the form of notebook files. */
export type CellOutput =
  | {
      readonly output_type: 'stream';
      readonly name: 'stdout' | 'stderr';
      readonly text: string;
    }
  | {
      readonly output_type: 'display_data' | 'execute_result';
      readonly data: Readonly<Record<string, unknown>>;
      readonly metadata: object;
      readonly execution_count?: number | null;
    }
  | {
      readonly output_type: 'error';
      readonly ename: string;
      readonly evalue: string;
      readonly traceback: readonly string[];
    };

/** How a cell ended: by itself, cut short by us, or with its process. */
export interface CellEnd {
  readonly status: 'ok' | 'error' | 'stopped' | 'ended';
  readonly outputs: readonly CellOutput[];
  /** What went wrong, in a line; undefined where nothing did. */
  readonly fault?: string;
}

/** What a cell may take. Waiting for an answer is not counted. */
export interface CellLimits {
  readonly seconds: number;
  /** Characters of output, counted anew after each answer. */
  readonly characters: number;
}

/** The answer to a `prompt()`; undefined where there is none. */
export type Answerer = (prompt: string) => Promise<string | undefined>;

/** A process that runs cells one after another: the kernel's own, without Jupyter in between. */
export interface CellSession {
  run(code: string, limits: CellLimits, answerer?: Answerer): Promise<CellEnd>;
  /** Cuts the cell short that runs; where it goes on, its process ends. */
  stop(why: string): void;
  /** Whether its process is gone. */
  isOver(): boolean;
  /** Resolves when the first cell can run; stays open where it never can. */
  readonly ready: Promise<void>;
  close(): void;
}

/** Milliseconds that an interrupted cell gets to end in. */
const PATIENCE = 3000;
/** Milliseconds in which a process must be ready for its first cell, on a busy machine too. */
const START = 120_000;

interface Running {
  readonly cell: number;
  readonly outputs: CellOutput[];
  readonly limits: CellLimits;
  readonly answerer?: Answerer;
  characters: number;
  /** Whether it waits for an answer. */
  asks: boolean;
  /** Why it was cut short. */
  stopped?: string;
  timer?: NodeJS.Timeout;
  end(how: { outcome: ExecuteOutcome } | { fault: string }): void;
}

const CUT = 'too much output';

/**
 * Starts the process; it is asked at once, and answers when it is ready. It ends where it and those that it starts
 * have more than `memory` bytes.
 */
export function startCells(launch: Launch, memory = Infinity): CellSession {
  let running: Running | undefined;
  let isOver = false;
  let cells = 0;
  let endWatch: (() => void) | undefined;
  let onReady!: () => void;
  const ready = new Promise<void>((resolve) => (onReady = resolve));
  const startTimer = setTimeout(() => end('it did not start'), START);
  void ready.then(() => clearTimeout(startTimer));

  const over = (fault: string) => {
    isOver = true;
    clearTimeout(startTimer);
    endWatch?.();
    running?.end({ fault });
  };
  const stop = (current: Running, why: string) => {
    if (current.stopped !== undefined) return;
    current.stopped = why;
    clearTimeout(current.timer);
    session.interrupt(current.cell);
    // One that nobody waits for would be taken for the answer to the next question.
    if (current.asks) session.answer({ interrupted: true });
    current.asks = false;
    current.timer = setTimeout(() => end(why), PATIENCE);
  };
  const setClock = (current: Running) => {
    const { seconds } = current.limits;
    if (!Number.isFinite(seconds) || current.stopped !== undefined) return;
    current.timer = setTimeout(() => stop(current, `no end within ${seconds} s`), 1000 * seconds);
  };
  const add = (current: Running, size: number, output?: CellOutput) => {
    current.characters += size;
    if (current.characters > current.limits.characters) return stop(current, CUT);
    if (output) addOutput(current.outputs, output);
  };
  const ask = (current: Running, prompt: string) => {
    clearTimeout(current.timer);
    current.characters = 0;
    current.asks = true;
    const answer = current.answerer?.(prompt) ?? Promise.resolve(undefined);
    void answer.then((value) => {
      if (running !== current || !current.asks) return;
      current.asks = false;
      setClock(current);
      session.answer(value === undefined ? { refused: true } : { value });
    });
  };
  const take = (message: SessionMessage) => {
    if (message.kind === 'ready') return onReady();
    if (!running || message.kind === 'result') return;
    if (message.kind === 'input') return ask(running, message.prompt);
    const isOwn = message.cell === running.cell;
    const size =
      message.kind === 'stream' ? message.text.length : JSON.stringify(message.content).length;
    add(running, size, isOwn ? outputOf(message) : undefined);
  };
  const session = startSession(
    {
      onMessage: take,
      onRawText: (name, text) =>
        running && add(running, text.length, { output_type: 'stream', name, text }),
      onEnd: ({ evalue }) => over(evalue),
    },
    launch,
  );
  const end = (why: string) => {
    session.kill();
    over(why);
  };
  if (session.pid !== undefined && Number.isFinite(memory)) {
    endWatch = watchMemory(session.pid, memory, () => end('too much memory'));
  }

  return {
    isOver: () => isOver,
    ready,
    close: () => end('it was closed'),
    stop: (why) => running && stop(running, why),
    run(code, limits, answerer) {
      const cell = ++cells;
      const outputs: CellOutput[] = [];
      if (isOver)
        return Promise.resolve({ status: 'ended', outputs, fault: 'its process is gone' });
      return new Promise<CellEnd>((resolve) => {
        const current: Running = {
          ...{ cell, outputs, limits, answerer, characters: 0, asks: false },
          end(how) {
            clearTimeout(current.timer);
            running = undefined;
            resolve(cellEnd(current, how));
          },
        };
        running = current;
        // The clock of a cell begins when there is something to run it.
        void ready.then(() => running === current && setClock(current));
        const request = { label: String(cell), silent: false, expressions: {}, facts: {} };
        void session.ask({ kind: 'execute', cell, code, ...request }).then((outcome) => {
          if (running === current) current.end({ outcome: outcome as ExecuteOutcome });
        });
      });
    },
  };
}

function cellEnd({ outputs, stopped }: Running, how: Parameters<Running['end']>[0]): CellEnd {
  const ended = 'fault' in how ? how.fault : undefined;
  if (ended !== undefined) return { status: 'ended', outputs, fault: stopped ?? ended };
  if (stopped !== undefined) return { status: 'stopped', outputs, fault: stopped };
  const { outcome } = how as { outcome: ExecuteOutcome };
  if (outcome.status !== 'error') return { status: 'ok', outputs };
  const { ename, evalue, traceback } = outcome;
  outputs.push({ output_type: 'error', ename, evalue, traceback });
  return { status: 'error', outputs, fault: `${ename}: ${evalue}` };
}

function outputOf(message: Extract<SessionMessage, { cell: number }>): CellOutput | undefined {
  if (message.kind === 'stream') {
    return { output_type: 'stream', name: message.name, text: message.text };
  }
  const { type } = message;
  if (type !== 'display_data' && type !== 'execute_result') return undefined;
  const { data, metadata } = message.content as {
    data: Readonly<Record<string, unknown>>;
    metadata: object;
  };
  return { output_type: type, data, metadata };
}

/** Pieces of one stream that follow each other are one output. */
function addOutput(outputs: CellOutput[], output: CellOutput): void {
  const last = outputs.at(-1);
  if (
    output.output_type === 'stream' &&
    last?.output_type === 'stream' &&
    last.name === output.name
  ) {
    outputs[outputs.length - 1] = { ...last, text: last.text + output.text };
  } else outputs.push(output);
}
