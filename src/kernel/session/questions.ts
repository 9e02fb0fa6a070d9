import readline from 'node:readline';
import promises from 'node:readline/promises';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { prompt } from './prompt.js';

/** Where `process.stdin` is read: no program types into it, so that nothing ever comes, nor its end. */
const stdin = new Readable({ read: () => undefined });

type Answered = (answer: string) => void;

/** Whether an interface of `node:readline` asks whoever runs the cell. */
const asksReader = (asking: unknown) => (asking as { input?: unknown }).input === stdin;

/**
 * Lets `question` of `node:readline` and `node:readline/promises` ask through Jupyter where it reads
 * `process.stdin`. It waits for the answer as `prompt` does.
 */
export function connectQuestions(): void {
  Object.defineProperty(process, 'stdin', { value: stdin, configurable: true, enumerable: true });
  const { Interface } = readline;
  const withCallback = Interface.prototype.question as (...given: unknown[]) => void;
  const question = function (this: unknown, query: string, ...rest: unknown[]): void {
    const answered = rest.at(-1);
    if (!asksReader(this) || typeof answered !== 'function') {
      return withCallback.call(this, query, ...rest);
    }
    const answer = prompt(query);
    void Promise.resolve(answer).then(answered as Answered);
  };
  const withPromise = promises.Interface.prototype.question as (
    ...given: unknown[]
  ) => Promise<string>;
  const asking = async function (this: unknown, query: string, ...rest: unknown[]) {
    return asksReader(this) ? prompt(query) : withPromise.call(this, query, ...rest);
  };
  Object.defineProperty(question, promisify.custom, { value: asking });
  Interface.prototype.question = question;
  promises.Interface.prototype.question = asking;
}
