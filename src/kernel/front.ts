import type { Connection } from './connection.js';
import { createExecution, type Execution } from './execution.js';
import { kernelInfo } from './kernel-info.js';
import { createPublisher, type Publisher } from './iopub.js';
import { inputReply, readContent, shutdownRequest } from './requests.js';
import type { StartSession } from './session-process.js';
import { answerOther } from './shell.js';
import { openSockets, type Sockets } from './sockets.js';
import { createSigner, decode, encode, type Fault, type Message } from './wire.js';

/** What the parts of the front process share. */
export interface Front {
  readonly publish: Publisher;
  readonly info: object;
  /** Messages that were dropped, by what was wrong with them. */
  readonly dropped: Record<Fault, number>;
  reply(socket: 'shell' | 'control', to: Message, type: string, content: object): void;
  /** Asks the client of a request for a line of input. */
  requestInput(to: Message, content: { prompt: string; password: boolean }): void;
}

/**
 * The front process of the kernel: it owns the sockets and the order of things, and never runs a
 * line of the user's code, so it answers whatever that code does.
 */
export async function startFront(
  connection: Connection,
  session: StartSession,
  exit: () => void,
): Promise<void> {
  const signer = createSigner(connection.key);
  const dropped = { signature: 0, malformed: 0, replayed: 0 };
  const early: (() => void)[] = [];
  let sockets = undefined as Sockets | undefined;
  const sending = (send: (open: Sockets) => void) => {
    if (sockets) send(sockets);
    else early.push(() => send(sockets!));
  };
  const publish = createPublisher((parent, type, content) => {
    const frames = encode(signer, type, content, parent, [`kernel.${type}`]);
    sending((open) => open.send('iopub', frames));
  });
  const front: Front = {
    publish,
    dropped,
    info: kernelInfo(),
    reply(socket, to, type, content) {
      publish.flush();
      const frames = encode(signer, type, content, to.header, to.identities);
      sending((open) => open.send(socket, frames));
    },
    requestInput(to, content) {
      publish.flush();
      const frames = encode(signer, 'input_request', content, to.header, to.identities);
      sending((open) => open.send('stdin', frames));
    },
  };
  const execution = createExecution(front, session);
  let closing = false;
  const close = async () => {
    if (closing) return;
    closing = true;
    execution.close();
    publish.flush();
    await sockets?.flushed();
    sockets?.close();
    exit();
  };
  process.on('SIGINT', () => execution.interrupt());
  process.on('SIGTERM', () => void close());
  process.on('SIGHUP', () => void close());
  endWithParent(() => void close());
  const take = inTurn(front, execution);
  sockets = await openSockets(connection, {
    onMessage(socket, frames) {
      const message = decode(frames, signer);
      if (typeof message === 'string') dropped[message]++;
      else if (closing) return;
      else if (socket === 'control') void control(front, execution, message, close);
      else if (socket === 'stdin') takeInput(execution, message);
      else take(message, close);
    },
    onSubscription(topic) {
      const content = { subscription: topic.toString('utf8') };
      const frames = encode(signer, 'iopub_welcome', content, undefined, [topic]);
      sockets?.send('iopub', frames);
    },
  });
  early.forEach((send) => send());
  publish.message(undefined, 'status', { execution_state: 'starting' });
}

/** Ends the kernel with the program that started it: a server that is killed cannot shut it down. */
function endWithParent(close: () => void): void {
  const parent = process.ppid;
  if (!process.env.JPY_PARENT_PID) return;
  setInterval(() => {
    if (process.ppid !== parent) close();
  }, 1000).unref();
}

/** Serves messages of the shell socket one after another. */
function inTurn(front: Front, execution: Execution) {
  const queue: Message[] = [];
  let serving = false;
  return (message: Message, close: () => Promise<void>) => {
    queue.push(message);
    if (serving) return;
    serving = true;
    void (async () => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        await served(front, next, () => serveShell(front, execution, next, queue, close));
      }
      serving = false;
    })();
  };
}

async function serveShell(
  front: Front,
  execution: Execution,
  message: Message,
  queue: Message[],
  close: () => Promise<void>,
): Promise<void> {
  switch (message.header.msg_type) {
    case 'execute_request': {
      const failed = await execution.execute(message);
      if (failed) abortQueued(front, queue);
      return;
    }
    case 'shutdown_request':
      return shutdown(front, 'shell', message, close);
    default:
      return answerOther(front, execution, message);
  }
}

/**
 * After an error the cells that wait already are not run; what else waits is served. They get no number
 * either: JupyterLab would show it beside a cell that has not run.
 */
function abortQueued(front: Front, queue: Message[]): void {
  const cells = queue.filter(({ header }) => header.msg_type === 'execute_request');
  const others = queue.filter(({ header }) => header.msg_type !== 'execute_request');
  queue.splice(0, queue.length, ...others);
  for (const cell of cells) {
    void served(front, cell, () => {
      front.reply('shell', cell, 'execute_reply', { status: 'aborted' });
    });
  }
}

/** Every request is framed by the states busy and idle. */
async function served(front: Front, message: Message, serve: () => unknown): Promise<void> {
  const { header } = message;
  front.publish.message(header, 'status', { execution_state: 'busy' });
  await serve();
  front.publish.message(header, 'status', { execution_state: 'idle' });
}

async function control(
  front: Front,
  execution: Execution,
  message: Message,
  close: () => Promise<void>,
): Promise<void> {
  await served(front, message, () => {
    switch (message.header.msg_type) {
      case 'interrupt_request':
        execution.interrupt();
        return front.reply('control', message, 'interrupt_reply', { status: 'ok' });
      case 'kernel_info_request':
        return front.reply('control', message, 'kernel_info_reply', front.info);
      case 'shutdown_request':
        return shutdown(front, 'control', message, close);
    }
  });
}

function shutdown(
  front: Front,
  socket: 'shell' | 'control',
  message: Message,
  close: () => Promise<void>,
): void {
  const read = readContent(shutdownRequest, 'shutdown_request', message.content);
  const restart = 'content' in read && read.content.restart;
  front.reply(socket, message, 'shutdown_reply', { status: 'ok', restart });
  // In the next turn, so that the idle state that follows the reply is sent too.
  setImmediate(() => void close());
}

function takeInput(execution: Execution, message: Message): void {
  if (message.header.msg_type !== 'input_reply') return;
  const read = readContent(inputReply, 'input_reply', message.content);
  if ('content' in read) execution.input(read.content.value);
}
