import { readSync, writeSync } from 'node:fs';
import { pipes, type Answer, type SessionMessage } from '../session-messages.js';

/** Milliseconds between two tries while the pipe is full. */
const PAUSE = 1;
/** As it was before any cell ran: a cell may put something else in its place. */
const stringify = JSON.stringify.bind(JSON);
const nap = new Int32Array(new SharedArrayBuffer(4));

/**
 * Hands a message to the front process, and returns when it has left this one: what was said before a
 * crash, or inside a loop that never ends, arrives.
 */
export function send(message: SessionMessage): void {
  const bytes = Buffer.from(`${stringify(message)}\n`);
  let done = 0;
  while (done < bytes.length) {
    try {
      done += writeSync(pipes.fromSession, bytes, done);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      Atomics.wait(nap, 0, 0, PAUSE);
    }
  }
}

/** Waits, without turning the event loop, for the front's next answer to an input message. */
export function receiveAnswer(): Answer {
  const pieces: Buffer[] = [];
  const byte = Buffer.alloc(1);
  for (;;) {
    const read = readSync(pipes.answers, byte, 0, 1, null);
    if (read === 0) return { interrupted: true };
    if (byte[0] === 10) return JSON.parse(Buffer.concat(pieces).toString('utf8')) as Answer;
    pieces.push(Buffer.from(byte));
  }
}
