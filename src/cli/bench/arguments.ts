import { parseCommandLine, wholeNumber } from '../command-line.js';

/** What `npm run bench` was asked to do. */
export interface BenchArguments {
  /** Names of the entries to run, in their own order. */
  readonly names: readonly string[];
  readonly repeats: number;
  /** The file of results; undefined for bench/results.json. */
  readonly out: string | undefined;
  readonly list: boolean;
  readonly help: boolean;
}

export const benchHelp = `npm run bench -- [name…] [options]

Compares afterfit with the tools one would use instead, on the same work and in turns: the entries
named, or all of them. The first comparison installs these tools into .afterfit/bench-venv. Where two
answers differ there is no ratio.

  --repeats N  how often each side is timed; the median counts (default 7)
  --out FILE   the file of results (default bench/results.json); entries that are not run keep theirs
  --list       lists the entries and runs nothing
  --help       shows this text

Exit status: 0 when everything was compared, whether or not it meets its goal, 1 when answers differ,
no peer took part, or a comparison failed, 2 when the arguments are wrong, 130 after Ctrl-C (what was
compared until then is in the file).`;

/** Throws one sentence where the arguments make no sense. */
export function benchArguments(args: readonly string[], known: readonly string[]): BenchArguments {
  const { values, positionals } = parseCommandLine(args, {
    repeats: { type: 'string' },
    out: { type: 'string' },
    list: { type: 'boolean' },
    help: { type: 'boolean' },
  });
  const unknown = positionals.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new Error(`There is no comparison '${unknown}'; they are ${known.join(', ')}.`);
  }
  if (values.out === '') throw new Error("--out is ''; expected a file.");
  return {
    names: known.filter((name) => positionals.length === 0 || positionals.includes(name)),
    repeats: wholeNumber('--repeats', values.repeats ?? '7', 1),
    out: values.out,
    list: values.list === true,
    help: values.help === true,
  };
}
