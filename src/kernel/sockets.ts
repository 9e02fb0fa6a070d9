import { Reply, Router, XPublisher } from 'zeromq';
import { addressOf, type Connection, type SocketName } from './connection.js';

type Frames = (Buffer | string)[];

/** The five sockets of a kernel, bound. */
export interface Sockets {
  /** Sends in the order of the calls; what a client does not read yet waits in memory. */
  send(socket: 'shell' | 'control' | 'stdin' | 'iopub', frames: Frames): void;
  /** Resolves when all that was handed to `send` is with ZeroMQ. */
  flushed(): Promise<void>;
  close(): void;
}

export interface Listeners {
  onMessage(socket: 'shell' | 'control' | 'stdin', frames: Buffer[]): void;
  /** A client subscribed to iopub: to the topic given, '' for everything. */
  onSubscription(topic: Buffer): void;
}

/** Binds the sockets of a connection. Rejects with a sentence where an address is taken. */
export async function openSockets(connection: Connection, listeners: Listeners): Promise<Sockets> {
  // Without bounds: at ZeroMQ's usual mark of 1,000 messages a publisher drops what it is given.
  const unbounded = { sendHighWaterMark: 0, receiveHighWaterMark: 0, linger: 1000 };
  const routers = {
    // After a reconnection the same client has the same identity: the new connection is the right one.
    shell: new Router({ ...unbounded, handover: true }),
    control: new Router({ ...unbounded, handover: true }),
    stdin: new Router({ ...unbounded, handover: true }),
  };
  const iopub = new XPublisher(unbounded);
  const heartbeat = new Reply({ linger: 0 });
  const all = { ...routers, iopub, hb: heartbeat };
  for (const [name, socket] of Object.entries(all) as [SocketName, Router][]) {
    const address = addressOf(connection, name);
    try {
      await socket.bind(address);
    } catch (error) {
      const why = (error as Error).message;
      throw new Error(`The ${name} socket cannot use ${address}: ${why}`, { cause: error });
    }
  }
  for (const name of ['shell', 'control', 'stdin'] as const) {
    void receive(routers[name], (frames) => listeners.onMessage(name, frames));
  }
  void receive(iopub, ([event]) => {
    if (event?.[0] === 1) listeners.onSubscription(event.subarray(1));
  });
  void receive(heartbeat, (frames) => heartbeat.send(frames));
  const queues = { ...mapped(routers, sendQueue), iopub: sendQueue(iopub) };
  return {
    send: (socket, frames) => queues[socket].add(frames),
    flushed: async () => {
      await Promise.all(Object.values(queues).map((queue) => queue.empty()));
    },
    close: () => Object.values(all).forEach((socket) => socket.close()),
  };
}

function mapped<Key extends string, From, To>(
  record: Record<Key, From>,
  change: (from: From) => To,
): Record<Key, To> {
  const entries = Object.entries(record) as [Key, From][];
  return Object.fromEntries(entries.map(([key, value]) => [key, change(value)])) as Record<Key, To>;
}

/** Hands on what arrives until the socket is closed. */
async function receive(
  socket: AsyncIterable<Buffer[]>,
  handle: (frames: Buffer[]) => unknown,
): Promise<void> {
  for await (const frames of socket) await handle(frames);
}

/** A socket takes one message at a time and refuses a second one meanwhile: they wait here. */
function sendQueue(socket: { send(frames: Frames): Promise<void> }) {
  let waiting: Frames[] = [];
  let running: Promise<void> | undefined;
  const drain = async () => {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      for (const frames of batch) {
        // A client that has gone away is no reason to stop serving the others.
        await socket.send(frames).catch(() => undefined);
      }
    }
    running = undefined;
  };
  return {
    add(frames: Frames) {
      waiting.push(frames);
      running ??= drain();
    },
    empty: () => running ?? Promise.resolve(),
  };
}
