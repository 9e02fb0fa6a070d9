import { randomUUID } from 'node:crypto';
import type { ClientProcess } from './client-process.js';
import { typeOf, type Content, type Executed, type Message } from './messages.js';

export type Channel = 'shell' | 'control' | 'stdin';

/** Fields of an execute request that are not the usual ones, and how long to wait. */
export interface ExecuteOptions {
  readonly silent?: boolean;
  readonly store_history?: boolean;
  readonly stop_on_error?: boolean;
  readonly allow_stdin?: boolean;
  readonly user_expressions?: Readonly<Record<string, string>>;
  /** Seconds until the test fails; 20 by default. */
  readonly patience?: number;
}

/** A cell on its way: `outputs` grows as they arrive, up to idle. */
export interface Execution {
  readonly id: string;
  readonly outputs: readonly Message[];
  readonly done: Promise<Executed>;
}

/** What is said to a kernel, and what it says. */
export interface Conversation {
  /** All messages so far, in the order of arrival. */
  readonly messages: readonly Message[];
  /** Sends a cell at once, without waiting for cells before it. */
  submit(code: string, options?: ExecuteOptions): Execution;
  /** Runs a cell and waits for its reply and for idle. */
  execute(code: string, options?: ExecuteOptions): Promise<Executed>;
  /** Sends a message and gives its id. */
  send(channel: Channel, type: string, content: object, parent?: object): string;
  /** Sends a request and waits for its reply. */
  request(channel: Channel, type: string, content: object, patience?: number): Promise<Message>;
  /** Waits for a message, one that has arrived already included. */
  waitFor(matches: (message: Message) => boolean, patience?: number): Promise<Message>;
  /** Sends an interrupt request and waits for its reply. */
  interrupt(): Promise<Message>;
  /** Answers an input request. */
  answerInput(request: Message, value: string): void;
  /** Waits until the kernel answers on shell and iopub. */
  ready(patience?: number): Promise<Message>;
}

/** Seconds until a test fails that waits for the kernel. */
const PATIENCE = 20;

/** A conversation and the function that it is told of each message with. */
export function converse(client: ClientProcess): {
  readonly conversation: Conversation;
  hear(message: Message): void;
} {
  const messages: Message[] = [];
  const listeners = new Set<(message: Message) => void>();
  const hear = (message: Message) => {
    messages.push(message);
    for (const listener of [...listeners]) listener(message);
  };
  /** Gives `step` each message from now on, until it says that it has what it waits for. */
  const collect = (step: (message: Message) => boolean, patience: number, what: () => string) =>
    new Promise<void>((resolve, reject) => {
      const finish = () => {
        listeners.delete(listener);
        clearTimeout(timer);
      };
      const listener = (message: Message) => {
        if (!step(message)) return;
        finish();
        resolve();
      };
      const timer = setTimeout(() => {
        finish();
        reject(new Error(`After ${patience} s there is no ${what()}.`));
      }, patience * 1000);
      listeners.add(listener);
    });
  const send: Conversation['send'] = (channel, type, content, parent) => {
    const id = randomUUID();
    client.tell({ do: 'send', channel, type, content, id, parent });
    return id;
  };
  const waitFor: Conversation['waitFor'] = async (matches, patience = PATIENCE) => {
    let found = messages.find(matches);
    if (found) return found;
    const step = (message: Message) => {
      if (matches(message)) found = message;
      return found !== undefined;
    };
    await collect(step, patience, () => `message such as expected (${lastTypes(messages)})`);
    return found!;
  };
  const request: Conversation['request'] = (channel, type, content, patience) => {
    const id = send(channel, type, content);
    return waitFor((m) => m.channel === channel && m.parent_header.msg_id === id, patience);
  };
  const submit: Conversation['submit'] = (code, options = {}) => {
    const { patience = PATIENCE, ...fields } = options;
    const usual = { silent: false, store_history: true, user_expressions: {}, allow_stdin: false };
    const start = performance.now();
    const id = send('shell', 'execute_request', { ...usual, stop_on_error: true, code, ...fields });
    const course = courseOf(id, code);
    const done = collect(course.step, patience, course.missing).then(() => ({
      id,
      reply: course.reply()!,
      outputs: course.outputs,
      seconds: (performance.now() - start) / 1000,
    }));
    // A test that fails for another reason leaves it alone.
    done.catch(() => undefined);
    return { id, outputs: course.outputs, done };
  };
  const conversation: Conversation = {
    messages,
    submit,
    execute: (code, options) => submit(code, options).done,
    send,
    request,
    waitFor,
    interrupt: () => request('control', 'interrupt_request', {}),
    answerInput: (asked, value) =>
      void send('stdin', 'input_reply', { value, status: 'ok' }, asked.header),
    ready: (patience = PATIENCE) => ready(send, waitFor, patience),
  };
  return { conversation, hear };
}

/** What has come of a cell: its reply, its outputs, and whether anything is still missing. */
function courseOf(id: string, code: string) {
  const outputs: Message[] = [];
  let reply: Content | undefined;
  let isIdle = false;
  return {
    outputs,
    reply: () => reply,
    step: (message: Message) => {
      if (message.parent_header.msg_id !== id) return false;
      if (message.channel === 'shell') reply = message.content;
      else if (message.channel === 'iopub') {
        if (typeOf(message) === 'status') isIdle ||= message.content.execution_state === 'idle';
        else if (typeOf(message) !== 'execute_input' && !isIdle) outputs.push(message);
      }
      return reply !== undefined && (isIdle || reply.status === 'aborted');
    },
    missing: () => {
      const what = reply ? 'idle' : 'reply';
      return `${what} to ${JSON.stringify(code.slice(0, 80))} (${lastTypes(outputs)})`;
    },
  };
}

/** Asks again and again: the kernel may be starting, or iopub not be connected yet. */
async function ready(
  send: Conversation['send'],
  waitFor: Conversation['waitFor'],
  patience: number,
): Promise<Message> {
  for (const until = Date.now() + patience * 1000; Date.now() < until;) {
    const id = send('shell', 'kernel_info_request', {});
    const isAnswer = (message: Message) => message.parent_header.msg_id === id;
    try {
      const reply = await waitFor((m) => isAnswer(m) && m.channel === 'shell', 1);
      await waitFor((m) => isAnswer(m) && m.content.execution_state === 'idle', 0.5);
      return reply;
    } catch {
      // Not yet.
    }
  }
  throw new Error(`The kernel is not ready after ${patience} s.`);
}

function lastTypes(messages: readonly Message[]): string {
  const types = messages.slice(-5).map(typeOf);
  return types.length === 0 ? 'nothing came' : `the last were ${types.join(', ')}`;
}
