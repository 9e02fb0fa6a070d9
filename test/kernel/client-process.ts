import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { projectRoot } from '../helpers/project-root.js';

/** What client.py says: an answer to a command, a message of the kernel, or one it could not read. */
export interface ClientEvent {
  readonly event: 'answer' | 'message' | 'unreadable';
  readonly answer?: number;
  readonly error?: string;
  readonly [field: string]: unknown;
}

/** The Python process that talks to a kernel. */
export interface ClientProcess {
  /** Gives a command and does not wait. */
  tell(command: object): void;
  /** Gives a command and waits for the answer; rejects with the sentence that stands for an error. */
  ask(command: object): Promise<ClientEvent>;
  /** Closes its input, at which it kills the kernel and ends. */
  close(): Promise<void>;
}

/** The Python of the project's virtual environment; AFTERFIT_TEST_PYTHON names another one. */
export function testPython(): string {
  const python = process.env.AFTERFIT_TEST_PYTHON ?? join(projectRoot(), '.venv', 'bin', 'python');
  if (!existsSync(python)) throw new Error(`There is no ${python}: run npm run setup first.`);
  return python;
}

/** Starts client.py; `onEvent` gets everything but answers. */
export function startClient(onEvent: (event: ClientEvent) => void): ClientProcess {
  const script = join(projectRoot(), 'test', 'kernel', 'client.py');
  const child = spawn(testPython(), ['-u', script], { stdio: ['pipe', 'pipe', 'pipe'] });
  const waiting = new Map<
    number,
    { resolve: (event: ClientEvent) => void; reject: (error: Error) => void }
  >();
  let count = 0;
  let faults = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (faults += text));
  // A kernel or client that is gone shows in the answers that do not come.
  child.stdin.on('error', () => undefined);
  createInterface({ input: child.stdout }).on('line', (line) => {
    const event = JSON.parse(line) as ClientEvent;
    if (event.event !== 'answer') return onEvent(event);
    const waiter = waiting.get(event.answer!);
    waiting.delete(event.answer!);
    if (event.error) waiter?.reject(new Error(event.error));
    else waiter?.resolve(event);
  });
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => {
      for (const { reject } of waiting.values()) {
        reject(new Error(`client.py has ended: ${faults.trim().split('\n').slice(-3).join(' ')}`));
      }
      waiting.clear();
      resolve();
    });
  });
  const tell = (command: object) => void child.stdin.write(`${JSON.stringify(command)}\n`);
  return {
    tell,
    ask: (command) =>
      new Promise((resolve, reject) => {
        const answer = ++count;
        waiting.set(answer, { resolve, reject });
        tell({ ...command, answer });
      }),
    close: async () => {
      child.stdin.end();
      await ended;
    },
  };
}
