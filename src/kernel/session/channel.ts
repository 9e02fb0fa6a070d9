import { readSync, writeSync } from 'node:fs';
import { withIntrinsics } from './intrinsics.js';
import { LONGEST, pipes, WORD, type Answer, type SessionMessage } from '../session-messages.js';

/** Milliseconds between two tries while the pipe is full. */
const PAUSE = 1;
/** As they were before any cell ran: a cell may put something else in their place. */
const { stringify, parse } = JSON;
const { wait } = Atomics;
const { from: bytesOf, concat } = Buffer;
const [read, write] = [readSync, writeSync];
const NONE: readonly unknown[] = [];
const nap = new Int32Array(new SharedArrayBuffer(4));

/** What the front knows the kernel's lines by. Programs that cells start do not get to know it. */
const word = process.env[WORD] ?? '';
delete process.env[WORD];

/**
 * Hands a message to the front process, and returns when it has left this one: what was said before a
 * crash, or inside a loop that never ends, arrives. Throws a RangeError where it is too long for the front.
 */
export function send(message: SessionMessage): void {
  // A cell may have given all objects a form of its own.
  const isPlain = !('toJSON' in message) && !('toJSON' in NONE);
  const text = isPlain ? stringify(message) : withIntrinsics(() => stringify(message));
  if (text.length > LONGEST) throw tooLong(text.length);
  // What somebody else has written into the pipe without an end must not become a part of this.
  const bytes = bytesOf(`\n${word}${text}\n`);
  let done = 0;
  while (done < bytes.length) {
    try {
      done += write(pipes.fromSession, bytes, done);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      wait(nap, 0, 0, PAUSE);
    }
  }
}

function tooLong(length: number): RangeError {
  const megabytes = (characters: number) =>
    `${Math.round(characters / 2 ** 20)} million characters`;
  const most = `the kernel passes on up to ${megabytes(LONGEST)} at once`;
  return new RangeError(`What is to be shown has ${megabytes(length)}; ${most}.`);
}

/** Characters of a printed text that go into one message. */
const PIECE = 2 ** 20;

/** Sends printed text, a long one in several messages. */
export function sendText(cell: number, name: 'stdout' | 'stderr', text: string): void {
  if (text.length <= PIECE) return send({ kind: 'stream', cell, name, text });
  for (let from = 0; from < text.length;) {
    let to = from + PIECE;
    // The two halves of a character stay together.
    if (/[\ud800-\udbff]/.test(text[to - 1] ?? '')) to--;
    send({ kind: 'stream', cell, name, text: text.slice(from, to) });
    from = to;
  }
}

/** Waits, without turning the event loop, for the front's next answer to an input message. */
export function receiveAnswer(): Answer {
  let line = bytesOf('');
  const byte = bytesOf(' ');
  for (;;) {
    const count = read(pipes.answers, byte, 0, 1, null);
    if (count === 0) return { interrupted: true };
    if (byte[0] === 10) return parse(line.toString('utf8')) as Answer;
    line = concat([line, byte]);
  }
}
