import { jupyterDisplay } from '../../notebook/jupyter-display.js';
import type { SessionRequest } from '../session-messages.js';
import { send } from './channel.js';
import type { Evaluated, Evaluation } from './evaluation.js';
import { inspectionOf } from './answers/inspection.js';
import { reloadKit } from './modules/kit-reload.js';
import type { Compiler } from './compile/compiler.js';
import { ts } from './compile/typescript.js';

type ExecuteRequest = Extract<SessionRequest, { kind: 'execute' }>;

export interface Magics {
  readonly evaluation: Evaluation;
  readonly compiler: Compiler;
}

interface Done {
  readonly evaluated: Evaluated;
  readonly payload?: readonly object[];
}

const HELP = `Cells hold TypeScript. A cell may also hold one of these commands, alone:
  %reload   compiles src/ and puts the new code in the place of the old; variables stay
  %strict   on or off: whether types are checked strictly from here on
  %status   says what this kernel is, and what it has dropped
  %help     says this
  name?     shows what is known of a name`;

/** Runs a cell that is a command and no code; nothing where it is code. */
export async function runMagic(
  request: ExecuteRequest,
  { evaluation, compiler }: Magics,
  isInterrupted: () => boolean,
): Promise<Done | undefined> {
  const text = request.code.trim();
  const asked = /^([\w$.]+)\?{1,2}$/.exec(text)?.[1];
  if (asked !== undefined) {
    const detail = text.endsWith('??') ? 1 : 0;
    const data = inspectionOf(compiler, evaluation, asked, asked.length, detail);
    if (!data)
      return { evaluated: { thrown: new ReferenceError(`Nothing is known of ${asked}.`) } };
    return { evaluated: { value: undefined }, payload: [{ source: 'page', data, start: 0 }] };
  }
  if (!text.startsWith('%')) return undefined;
  const say = (line: string) =>
    send({ kind: 'stream', cell: request.cell, name: 'stdout', text: line });
  switch (text) {
    case '%help':
      say(`${HELP}\n`);
      return { evaluated: { value: undefined } };
    case '%status':
      return { evaluated: { value: status(request.facts) } };
    case '%strict on':
    case '%strict off':
      compiler.setStrict(text === '%strict on');
      return { evaluated: { value: undefined } };
    case '%reload':
      try {
        say(`${await reloadKit(evaluation.scope, say, isInterrupted)}\n`);
        return { evaluated: { value: undefined } };
      } catch (thrown) {
        return { evaluated: { thrown } };
      }
    default: {
      const message = `There is no command ${text.split(/\s/)[0]}; %help lists what there is.`;
      return { evaluated: { thrown: new SyntaxError(message) } };
    }
  }
}

interface Facts {
  readonly uptimeSeconds: number;
  readonly cells: number;
  readonly dropped: Readonly<Record<string, number>>;
}

function status(facts: Readonly<Record<string, unknown>>): object {
  const { uptimeSeconds, cells, dropped } = facts as unknown as Facts;
  const all = {
    kernel: 'afterfit',
    node: process.version,
    typescript: ts.version,
    uptimeSeconds,
    cells,
    dropped,
    memoryMB: Math.round(process.memoryUsage.rss() / 1e6),
  };
  const drops = Object.entries(dropped).map(([why, count]) => `${count} ${why}`);
  const text = [
    `afterfit's kernel: TypeScript ${all.typescript} on Node ${all.node}`,
    `up for ${uptimeSeconds.toFixed(0)} s, ${cells} cells, ${all.memoryMB} MB`,
    `messages dropped: ${drops.join(', ')}`,
  ].join('\n');
  return { [jupyterDisplay]: () => ({ 'text/plain': text, 'application/json': all }) };
}
