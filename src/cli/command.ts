import { Interrupted } from '../experiments/settings.js';
import { parseCommandLine } from './command-line.js';
import { sentenceOf } from './files.js';
import type { Options, Values } from './option.js';
import { wrap } from './table.js';

/** Columns of the help that is put together here. */
const WIDTH = 101;

/** What a command is made of. */
export interface CommandParts<O extends Options, Asked> {
  readonly name: string;
  /** What it does, in lines as they are to stand in the help. */
  readonly summary: string;
  /** How it is called, one form a line. Default: without operands. */
  readonly usage?: string;
  /** What stands for each operand in the usage, and what the help says of it. */
  readonly operands?: Readonly<Record<string, string>>;
  readonly options: O;
  /** What is to be said after the options. */
  readonly notes?: string;
  /** When each exit status is given; 2 is that of anything thrown, 130 of an interruption. */
  readonly exits: Readonly<Record<number, string>>;
  /** What is asked for, all in all. Throws one sentence where the words make no sense together. */
  ask(values: Values<O>, operands: readonly string[]): Asked;
  /** Does it and gives the exit status. What it throws is told in one sentence. */
  run(asked: Asked): number | Promise<number>;
}

/** A command that `runCommand` can run. */
export interface Command<Asked = unknown> {
  readonly name: string;
  readonly help: string;
  /** What is asked for; undefined for help. Throws one sentence where the arguments make no sense. */
  read(args: readonly string[]): Asked | undefined;
  run(asked: Asked): number | Promise<number>;
}

/** Puts a command together: its help, the reading of its arguments, and what it does. */
export function defineCommand<O extends Options, Asked>(
  parts: CommandParts<O, Asked>,
): Command<Asked> {
  const { name, options, usage = `npm run ${name} -- [options]`, ask, run } = parts;
  return {
    name,
    help: helpText({ ...parts, usage }),
    read(args) {
      const line = parseCommandLine(args, options, usage.split('\n')[0]);
      return line && ask(line.values, line.operands);
    },
    run,
  };
}

/** Runs a command and gives its exit status; 2 where it throws, and 130 where that is an interruption. */
export async function runCommand<Asked>(
  command: Command<Asked>,
  args: readonly string[],
): Promise<number> {
  try {
    const asked = command.read(args);
    if (asked !== undefined) return await command.run(asked);
    console.log(command.help);
    return 0;
  } catch (error) {
    console.error(sentenceOf(error));
    return error instanceof Interrupted ? 130 : 2;
  }
}

/** For commands that take options alone. Throws a sentence where there is anything else. */
export function requireNoOperands(operands: readonly string[]): void {
  if (operands.length === 0) return;
  throw new Error(`Expected options alone, got '${operands[0]}' too.`);
}

function helpText(parts: Omit<CommandParts<Options, never>, 'ask' | 'run'>): string {
  const { usage, summary, operands = {}, options, notes, exits } = parts;
  const listed = Object.entries(options).flatMap(([name, { value, help, label }]) =>
    help === undefined ? [] : [[label ?? [`--${name}`, value].join(' ').trimEnd(), help]],
  );
  const entries = [...Object.entries(operands), ...listed, ['--help', 'shows this text']];
  const width = Math.max(...entries.map(([label]) => label.length));
  const indent = `\n${' '.repeat(width + 4)}`;
  const lines = entries.map(
    ([label, help]) => `  ${label.padEnd(width)}  ${help.replaceAll('\n', indent)}`,
  );
  const ends = Object.entries(exits).map(([status, when]) => `${status} ${when}`);
  const status = wrap(`Exit status: ${ends.join(', ')}.`, WIDTH).join('\n');
  return [usage, summary, lines.join('\n'), notes, status]
    .filter((part) => part !== undefined)
    .join('\n\n');
}
