import type { Client } from './client.js';
import type { Connection } from './connection.js';
import type { CreateHandlers } from './dispatch.js';
import { kernelInfo } from './kernel-info.js';
import { createPublisher } from './iopub.js';
import { openSockets, type Sockets } from './sockets.js';
import { createSigner, decode, encode } from './wire.js';

/**
 * The front process of the kernel: it owns the sockets, hands what comes in to the handlers, and never runs
 * a line of the user's code, so it answers whatever that code does.
 */
export async function startFront(
  connection: Connection,
  createHandlers: CreateHandlers,
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
  const client: Client = {
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
  let closing = false;
  const close = async () => {
    if (closing) return;
    closing = true;
    handlers.end();
    publish.flush();
    await sockets?.flushed();
    sockets?.close();
    exit();
  };
  const handlers = createHandlers(client, close);
  process.on('SIGINT', () => handlers.interrupt());
  process.on('SIGTERM', () => void close());
  process.on('SIGHUP', () => void close());
  endWithParent(() => void close());
  sockets = await openSockets(connection, {
    onMessage(socket, frames) {
      const message = decode(frames, signer);
      if (typeof message === 'string') dropped[message]++;
      else if (!closing) handlers[socket](message);
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
