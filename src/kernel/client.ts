import type { Publisher } from './iopub.js';
import type { Fault, Message } from './wire.js';

/** What the parts of the front process say to the clients, and what they know of their messages. */
export interface Client {
  readonly publish: Publisher;
  /** The content of a `kernel_info_reply`. */
  readonly info: object;
  /** Messages that were dropped, by what was wrong with them. */
  readonly dropped: Readonly<Record<Fault, number>>;
  reply(socket: 'shell' | 'control', to: Message, type: string, content: object): void;
  /** Asks the client of a request for a line of input. */
  requestInput(to: Message, content: { prompt: string; password: boolean }): void;
}
