import { parseArgs } from 'node:util';
import { sentenceOf } from './files.js';
import type { Options, Values } from './option.js';

/** What a command line says. */
export interface CommandLine<O extends Options> {
  readonly values: Values<O>;
  /** The words that belong to no option. */
  readonly operands: readonly string[];
}

/**
 * Node's `parseArgs`, whose complaints become one sentence that names the options there are, and then each
 * option's own reader. Undefined where `--help` is among the arguments, which every command has.
 */
export function parseCommandLine<O extends Options>(
  args: readonly string[],
  options: O,
  usage = '',
): CommandLine<O> | undefined {
  const given = words(args, options);
  if (given.values.help === true) return undefined;
  const values = Object.entries(options).map(([name, option]) => [
    name,
    option.read(given.values[name], { option: `--${name}`, usage }),
  ]);
  return { values: Object.fromEntries(values) as Values<O>, operands: given.positionals };
}

interface Words {
  readonly values: Readonly<Record<string, string | true | undefined>>;
  readonly positionals: string[];
}

function words(args: readonly string[], options: Options): Words {
  const kinds = Object.entries(options).map(([name, { value }]) => [
    name,
    { type: value === undefined ? 'boolean' : 'string' } as const,
  ]);
  const known = { ...Object.fromEntries(kinds), help: { type: 'boolean' } } as Record<
    string,
    { type: 'boolean' | 'string' }
  >;
  try {
    const joint = joined(args, options);
    return parseArgs({ args: joint, options: known, allowPositionals: true }) as Words;
  } catch (error) {
    // Node's own message goes on with advice about arguments that begin with a dash.
    const complaint = sentenceOf(error).split(/[.\n]/)[0];
    const names = Object.keys(known).map((name) => `--${name}`);
    throw new Error(`${complaint}; the options are ${names.join(', ')}.`, { cause: error });
  }
}

/** Joins an option to the negative number after it, which Node takes for another option. */
function joined(args: readonly string[], options: Options): string[] {
  const takesValue = (arg: string | undefined) =>
    arg?.startsWith('--') === true && options[arg.slice(2)]?.value !== undefined;
  return args.flatMap((arg, k) => {
    const negative = (text: string | undefined) => /^-\d/.test(text ?? '');
    if (negative(arg) && takesValue(args[k - 1])) return [];
    return takesValue(arg) && negative(args[k + 1]) ? [`${arg}=${args[k + 1]}`] : [arg];
  });
}
