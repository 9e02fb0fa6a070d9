import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { killGroup } from '../../kernel/kill-group.js';

export type Message = Readonly<Record<string, unknown>>;

/** A program that answers requests, one JSON object a line: see bench/peers/protocol.py. */
export interface PeerProcess {
  /** Sends a request; throws the sentence of an answer that is an error, or why there was none. */
  ask(request: Message, onProgress?: (text: string) => void): Promise<Message>;
  /** Ends its stdin, as our own end would. */
  hangUp(): void;
  close(): void;
}

interface Waiting {
  readonly onProgress: (text: string) => void;
  readonly resolve: (answer: Message) => void;
  readonly reject: (error: Error) => void;
}

/** As much of what a program said last on stderr as helps to see why it ended. */
const REMEMBERED = 2_000;

/**
 * Starts a program that is asked one thing at a time. It leads a process group, so that whatever it
 * starts ends with it; where we end without a word, it sees its stdin end and does the same.
 */
export function startPeer(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): PeerProcess {
  const child = spawn(command, args, { env, detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
  let waiting: Waiting | undefined;
  let fate: Error | undefined;
  let said = '';
  const end = (error: Error) => {
    fate ??= error;
    waiting?.reject(fate);
    waiting = undefined;
  };
  child.once('error', (error) => end(new Error(`it could not be started (${error.message})`)));
  child.once('close', (status, signal) => end(new Error(endingOf(status, signal, said))));
  child.stderr.setEncoding('utf8');
  child.stderr.on('data', (text: string) => (said = (said + text).slice(-REMEMBERED)));
  // A program that ends while we write to it is told of by 'close'.
  child.stdin.on('error', () => undefined);
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (!waiting) return;
    const message = parse(line);
    if (typeof message.progress === 'string') return waiting.onProgress(message.progress);
    const { resolve, reject } = waiting;
    waiting = undefined;
    if (typeof message.error === 'string') reject(new Error(message.error));
    else resolve(message);
  });
  return {
    ask(request, onProgress = () => undefined) {
      if (fate) return Promise.reject(fate);
      if (waiting) return Promise.reject(new Error('it was asked before it had answered'));
      return new Promise((resolve, reject) => {
        waiting = { onProgress, resolve, reject };
        child.stdin.write(`${JSON.stringify(request)}\n`);
      });
    },
    hangUp: () => void child.stdin.end(),
    close() {
      end(new Error('it was closed'));
      killGroup(child);
    },
  };
}

function parse(line: string): Message {
  try {
    return JSON.parse(line) as Message;
  } catch {
    return { error: `it answered '${line.slice(0, 60)}', which is not JSON` };
  }
}

function endingOf(status: number | null, signal: string | null, said: string): string {
  const how = signal === null ? `status ${status}` : signal;
  const last = said.trimEnd().split('\n').at(-1)?.trim();
  return last ? `it ended (${how}) after the words '${last}'` : `it ended (${how})`;
}
