import { receiveAnswer, send } from './channel.js';
import { Interrupted } from './interrupts.js';

/** How cells see `prompt`. */
export const PROMPT_TYPE =
  '/** Asks for a line of text, and waits for it. */\n' +
  'declare function prompt(message?: string, options?: { password?: boolean }): string;\n';

/** Asks whoever runs the cell for a line of text. Throws where the client cannot ask. */
export function prompt(message = '', { password = false } = {}): string {
  send({ kind: 'input', prompt: String(message), password });
  const answer = receiveAnswer();
  if ('value' in answer) return answer.value;
  if ('interrupted' in answer) throw new Interrupted();
  throw new Error(
    'prompt() needs someone to answer: this cell was run by a program that takes no input.',
  );
}
