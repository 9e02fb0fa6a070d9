import { StringDecoder } from 'node:string_decoder';
import { currentCell } from './cell-context.js';
import { send, sendText } from './channel.js';

/** Whether a string stands for bytes. */
const isBinary = (encoding: unknown) =>
  typeof encoding === 'string' &&
  /^(base64|base64url|hex|latin1|binary|utf-?16le|ucs-?2)$/i.test(encoding);

/** Sends what is written to stdout and stderr to the cell that writes it. */
export function forwardStreams(): void {
  for (const name of ['stdout', 'stderr'] as const) {
    const decoder = new StringDecoder('utf8');
    const write = (chunk: string | Uint8Array, encoding?: unknown, done?: unknown): boolean => {
      const isText = typeof chunk === 'string' && !isBinary(encoding);
      const text = isText ? chunk : decoder.write(Buffer.from(chunk as string, encoding as never));
      if (text !== '') sendText(currentCell(), name, text);
      const callback = typeof encoding === 'function' ? encoding : done;
      if (typeof callback === 'function') process.nextTick(callback);
      return true;
    };
    process[name].write = write;
  }
  console.clear = () => {
    const content = { wait: false };
    send({ kind: 'output', cell: currentCell(), type: 'clear_output', content });
  };
}
