import type { Client } from './client.js';
import { createExecution, type Execution } from './execution.js';
import { inputReply, readContent, shutdownRequest } from './requests.js';
import type { StartSession } from './session-process.js';
import { answerOther } from './shell.js';
import type { Message } from './wire.js';

/** What is done with a message of each socket that clients send to, and at the end. */
export interface Handlers {
  shell(message: Message): void;
  control(message: Message): void;
  stdin(message: Message): void;
  interrupt(): void;
  /** Ends the session. */
  end(): void;
}

/** Makes the handlers that answer through `client`; they call `close` where a client ends the kernel. */
export type CreateHandlers = (client: Client, close: () => Promise<void>) => Handlers;

/** Handlers that run cells in the session that `session` hands over. */
export function handlersFor(session: StartSession): CreateHandlers {
  return (client, close) => {
    const execution = createExecution(client, session);
    return {
      shell: inTurn(client, execution, close),
      control: (message) => void control(client, execution, message, close),
      stdin: (message) => takeInput(execution, message),
      interrupt: () => execution.interrupt(),
      end: () => execution.close(),
    };
  };
}

/** Serves messages of the shell socket one after another. */
function inTurn(
  client: Client,
  execution: Execution,
  close: () => Promise<void>,
): (message: Message) => void {
  const queue: Message[] = [];
  let serving = false;
  return (message) => {
    queue.push(message);
    if (serving) return;
    serving = true;
    void (async () => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        await served(client, next, () => serveShell(client, execution, next, queue, close));
      }
      serving = false;
    })();
  };
}

async function serveShell(
  client: Client,
  execution: Execution,
  message: Message,
  queue: Message[],
  close: () => Promise<void>,
): Promise<void> {
  switch (message.header.msg_type) {
    case 'execute_request': {
      const failed = await execution.execute(message);
      if (failed) abortQueued(client, queue);
      return;
    }
    case 'shutdown_request':
      return shutdown(client, 'shell', message, close);
    default:
      return answerOther(client, execution, message);
  }
}

/**
 * After an error the cells that wait already are not run; what else waits is served. They get no number
 * either: JupyterLab would show it beside a cell that has not run.
 */
function abortQueued(client: Client, queue: Message[]): void {
  const cells = queue.filter(({ header }) => header.msg_type === 'execute_request');
  const others = queue.filter(({ header }) => header.msg_type !== 'execute_request');
  queue.splice(0, queue.length, ...others);
  for (const cell of cells) {
    void served(client, cell, () => {
      client.reply('shell', cell, 'execute_reply', { status: 'aborted' });
    });
  }
}

/** Every request is framed by the states busy and idle. */
async function served(client: Client, message: Message, serve: () => unknown): Promise<void> {
  const { header } = message;
  client.publish.message(header, 'status', { execution_state: 'busy' });
  await serve();
  client.publish.message(header, 'status', { execution_state: 'idle' });
}

async function control(
  client: Client,
  execution: Execution,
  message: Message,
  close: () => Promise<void>,
): Promise<void> {
  await served(client, message, () => {
    switch (message.header.msg_type) {
      case 'interrupt_request':
        execution.interrupt();
        return client.reply('control', message, 'interrupt_reply', { status: 'ok' });
      case 'kernel_info_request':
        return client.reply('control', message, 'kernel_info_reply', client.info);
      case 'shutdown_request':
        return shutdown(client, 'control', message, close);
    }
  });
}

function shutdown(
  client: Client,
  socket: 'shell' | 'control',
  message: Message,
  close: () => Promise<void>,
): void {
  const read = readContent(shutdownRequest, 'shutdown_request', message.content);
  const restart = 'content' in read && read.content.restart;
  client.reply(socket, message, 'shutdown_reply', { status: 'ok', restart });
  // In the next turn, so that the idle state that follows the reply is sent too.
  setImmediate(() => void close());
}

function takeInput(execution: Execution, message: Message): void {
  if (message.header.msg_type !== 'input_reply') return;
  const read = readContent(inputReply, 'input_reply', message.content);
  if ('content' in read) execution.input(read.content.value);
}
