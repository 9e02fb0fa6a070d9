import { scales, type Scale } from '../../experiments/index.js';
import { parseCommandLine, wholeNumber } from '../command-line.js';

/** The kernels for the notebooks, by the names they are installed under; the first one by default. */
export const kernels = ['tslab', 'tslab-stock'] as const;
export type Kernel = (typeof kernels)[number];

/** What `npm run reproduce` was asked to do. */
export interface ReproduceOptions {
  /** Ids of the claims, in the project's order. */
  readonly claims: readonly string[];
  /** True where every claim is asked for. */
  readonly all: boolean;
  readonly scale: Scale;
  readonly seed: number;
  readonly out: string;
  readonly notebooks: boolean;
  /** Runs the notebooks. */
  readonly kernel: Kernel;
  /** Computes everything, whatever an unfinished run has left. */
  readonly fresh: boolean;
  readonly list: boolean;
  readonly help: boolean;
}

export const reproduceHelp = `npm run reproduce -- [claim…] [options]

Runs the claims named, or all of them, with their notebooks, and says which of them hold.

  --scale S       size of the experiments: ${scales.join(', ')} (default smoke)
  --seed K        a whole number of at least 0 (default 1)
  --out DIR       folder for results, timings, figures and notebooks (default out)
  --no-notebooks  runs the claims alone
  --kernel NAME   runs the notebooks: ${kernels.join(', ')} (default ${kernels[0]})
  --fresh         computes everything, whatever an unfinished run has left
  --list          lists the claims and runs nothing
  --help          shows this text

Exit status: 0 when every verdict is the expected one and every notebook passed, 1 when a verdict
differs, 2 when something failed or the arguments are wrong, 130 after Ctrl-C (the same command then
goes on from there).`;

/** Throws one sentence where the arguments make no sense. */
export function reproduceOptions(
  args: readonly string[],
  known: readonly string[],
): ReproduceOptions {
  const { values, positionals } = parseCommandLine(args, {
    scale: { type: 'string' },
    seed: { type: 'string' },
    out: { type: 'string' },
    'no-notebooks': { type: 'boolean' },
    kernel: { type: 'string' },
    fresh: { type: 'boolean' },
    list: { type: 'boolean' },
    help: { type: 'boolean' },
  });
  const unknown = positionals.find((id) => !known.includes(id));
  if (unknown !== undefined) {
    throw new Error(`There is no claim '${unknown}'; the claims are ${known.join(', ')}.`);
  }
  const claims = known.filter((id) => positionals.length === 0 || positionals.includes(id));
  return {
    claims,
    all: claims.length === known.length,
    scale: oneOf('--scale', scales, values.scale ?? 'smoke'),
    seed: wholeNumber('--seed', values.seed ?? '1', 0),
    out: folderFrom(values.out ?? 'out'),
    notebooks: values['no-notebooks'] !== true,
    kernel: oneOf('--kernel', kernels, values.kernel ?? kernels[0]),
    fresh: values.fresh === true,
    list: values.list === true,
    help: values.help === true,
  };
}

function oneOf<Name extends string>(option: string, names: readonly Name[], text: string): Name {
  const found = names.find((name) => name === text);
  if (found !== undefined) return found;
  throw new Error(`${option} is '${text}'; expected one of ${names.join(', ')}.`);
}

function folderFrom(text: string): string {
  if (text !== '') return text;
  throw new Error("--out is ''; expected a folder.");
}
