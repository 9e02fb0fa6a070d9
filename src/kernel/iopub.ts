import type { Header } from './wire.js';

/** Milliseconds that printed text waits for more of it. */
const GATHER = 20;
/** Characters at which it waits no longer. */
const ENOUGH = 1 << 18;

/** Publishes what belongs to a request, in the order of the calls. */
export interface Publisher {
  /** Printed text: pieces that follow each other become one message. */
  stream(parent: Header | undefined, name: 'stdout' | 'stderr', text: string): void;
  /** Any other message; the text printed before it goes first. */
  message(parent: Header | undefined, type: string, content: object): void;
  flush(): void;
}

export function createPublisher(
  send: (parent: Header | undefined, type: string, content: object) => void,
): Publisher {
  let pending: { parent: Header | undefined; name: string; texts: string[]; length: number } | null;
  let timer: NodeJS.Timeout | undefined;
  pending = null;
  const flush = () => {
    clearTimeout(timer);
    if (!pending) return;
    const { parent, name, texts } = pending;
    pending = null;
    send(parent, 'stream', { name, text: texts.join('') });
  };
  return {
    stream(parent, name, text) {
      if (pending && (pending.parent !== parent || pending.name !== name)) flush();
      if (!pending) {
        pending = { parent, name, texts: [], length: 0 };
        timer = setTimeout(flush, GATHER);
      }
      pending.texts.push(text);
      pending.length += text.length;
      if (pending.length > ENOUGH) flush();
    },
    message(parent, type, content) {
      flush();
      send(parent, type, content);
    },
    flush,
  };
}
