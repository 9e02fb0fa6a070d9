import { parseArgs, type ParseArgsConfig } from 'node:util';
import { sentenceOf } from './files.js';

type Options = NonNullable<ParseArgsConfig['options']>;
type Parsed<O extends Options> = ReturnType<
  typeof parseArgs<{ args: string[]; options: O; allowPositionals: true }>
>;

/** Node's `parseArgs`, whose complaints become one sentence that names the options there are. */
export function parseCommandLine<O extends Options>(
  args: readonly string[],
  options: O,
): Parsed<O> {
  try {
    return parseArgs({ args: joined(args, options), options, allowPositionals: true });
  } catch (error) {
    // Node's own message goes on with advice about arguments that begin with a dash.
    const complaint = sentenceOf(error).split(/[.\n]/)[0];
    const known = Object.keys(options).map((name) => `--${name}`);
    throw new Error(`${complaint}; the options are ${known.join(', ')}.`, { cause: error });
  }
}

/** Joins an option to the negative number after it, which Node takes for another option. */
function joined(args: readonly string[], options: Options): string[] {
  const takesValue = (arg: string | undefined) =>
    arg?.startsWith('--') === true && options[arg.slice(2)]?.type === 'string';
  return args.flatMap((arg, k) => {
    const negative = (text: string | undefined) => /^-\d/.test(text ?? '');
    if (negative(arg) && takesValue(args[k - 1])) return [];
    return takesValue(arg) && negative(args[k + 1]) ? [`${arg}=${args[k + 1]}`] : [arg];
  });
}

/** A whole number of at least `least` from its decimal digits; throws a sentence otherwise. */
export function wholeNumber(option: string, text: string, least: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value >= least) return value;
  throw new Error(`${option} is '${text}'; expected a whole number of at least ${least}.`);
}
