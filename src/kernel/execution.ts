import type { Client } from './client.js';
import type { ExecuteOutcome, SessionMessage, SessionRequest } from './session-messages.js';
import { createHistory, type History } from './history.js';
import { executeRequest, readContent } from './requests.js';
import type { StartSession } from './session-process.js';
import { superviseSession, type SupervisionListeners } from './supervision.js';
import type { Header, Message } from './wire.js';

/** The user's session, and the cells that ran in it. */
export interface Execution {
  readonly history: History;
  /** Runs a cell and answers it; whether what is queued behind it must be aborted. */
  execute(message: Message): Promise<boolean>;
  /** Asks the session something else; a failure where it ended meanwhile. */
  ask(request: SessionRequest): Promise<object>;
  /** Resolves when cells can run. */
  readonly started: Promise<void>;
  interrupt(): void;
  /** A line that the client sent for the `prompt` that waits. */
  input(value: string): void;
  close(): void;
}

/** How many cells are remembered, for output that comes after their end. */
const REMEMBERED = 10_000;

/** Runs cells in the session that `first` hands over, and in those that follow it. */
export function createExecution(client: Client, first: StartSession): Execution {
  const began = Date.now();
  const history = createHistory();
  const headers = new Map<number, Header>();
  let count = 0;
  let cells = 0;
  let running: { message: Message; cell: number; allowStdin: boolean } | undefined;
  let awaitsInput = false;
  let lastResult: string | undefined;

  /** Where output goes: to its cell, or else to the last one. */
  const parentOf = (cell: number) => headers.get(cell) ?? headers.get(cells);

  const take = (message: SessionMessage) => {
    if (message.kind === 'stream') {
      client.publish.stream(parentOf(message.cell), message.name, message.text);
    } else if (message.kind === 'output') {
      if (message.type === 'execute_result') lastResult = textOf(message.content);
      client.publish.message(parentOf(message.cell), message.type, message.content);
    } else if (message.kind === 'input') {
      if (!running?.allowStdin) return session.answer({ refused: true });
      awaitsInput = true;
      client.requestInput(running.message, { prompt: message.prompt, password: message.password });
    }
  };
  const listeners: SupervisionListeners = {
    onMessage: take,
    onRawText: (name, text) => client.publish.stream(parentOf(cells), name, text),
    onIdleEnd: (failure) => client.publish.message(parentOf(cells), 'error', failure),
  };
  const session = superviseSession(listeners, first);

  return {
    history,
    started: session.started,
    ask: (request) => session.ask(request),
    close: () => session.kill(),
    input(value) {
      if (!awaitsInput) return;
      awaitsInput = false;
      session.answer({ value });
    },
    interrupt() {
      session.interrupt(running?.cell ?? 0);
      if (!awaitsInput) return;
      awaitsInput = false;
      session.answer({ interrupted: true });
    },
    async execute(message) {
      const read = readContent(executeRequest, 'execute_request', message.content);
      if ('fault' in read) {
        const failure = { ename: 'BadRequest', evalue: read.fault, traceback: [read.fault] };
        const content = { status: 'error', execution_count: count, ...failure };
        client.reply('shell', message, 'execute_reply', content);
        return true;
      }
      const { code, silent, store_history, user_expressions, ...rest } = read.content;
      const kept = store_history && !silent;
      if (kept) history.add(++count, code);
      const cell = ++cells;
      headers.set(cell, message.header);
      headers.delete(cell - REMEMBERED);
      if (!silent) {
        const content = { code, execution_count: count };
        client.publish.message(message.header, 'execute_input', content);
      }
      running = { message, cell, allowStdin: rest.allow_stdin };
      lastResult = undefined;
      const uptimeSeconds = (Date.now() - began) / 1000;
      const outcome = await session.ask<ExecuteOutcome>({
        kind: 'execute',
        cell,
        code,
        silent,
        label: String(count),
        expressions: user_expressions ?? {},
        facts: { uptimeSeconds, cells: count, dropped: { ...client.dropped } },
      });
      await textOnItsWay();
      running = undefined;
      awaitsInput = false;
      if (kept && lastResult !== undefined) history.result(lastResult);
      const content = 'status' in outcome ? outcome : { status: 'error' as const, ...outcome };
      if (content.status === 'error' && !silent) {
        const { ename, evalue, traceback } = content;
        client.publish.message(message.header, 'error', { ename, evalue, traceback });
      }
      const reply = { ...content, execution_count: count };
      client.reply('shell', message, 'execute_reply', reply);
      return content.status === 'error' && rest.stop_on_error && !silent;
    },
  };
}

/** Lets what native code or another program printed come through its pipe: it has no place in the order. */
async function textOnItsWay(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => setImmediate(resolve));
}

function textOf(content: object): string | undefined {
  const { data } = content as { data?: Record<string, unknown> };
  const text = data?.['text/plain'];
  return typeof text === 'string' ? text : undefined;
}
