import { flag, path, whole, withDefault, type Values } from '../option.js';

/** What `npm run bench` was asked to do. */
export interface BenchArguments {
  /** Names of the entries to run, in their own order. */
  readonly names: readonly string[];
  readonly repeats: number;
  /** The file of results; undefined for bench/results.json. */
  readonly out: string | undefined;
  readonly list: boolean;
}

export const benchOptions = {
  repeats: withDefault(
    whole('N', 'how often each side is timed; the median counts (default 7)', 1),
    7,
  ),
  out: path(
    'FILE',
    'the file of results (default bench/results.json); entries that are not run keep theirs',
    'a file',
  ),
  list: flag('lists the entries and runs nothing'),
};

/** Throws one sentence where an entry is not `known`. */
export function benchArguments(
  values: Values<typeof benchOptions>,
  operands: readonly string[],
  known: readonly string[],
): BenchArguments {
  const unknown = operands.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new Error(`There is no comparison '${unknown}'; they are ${known.join(', ')}.`);
  }
  const names = known.filter((name) => operands.length === 0 || operands.includes(name));
  return { names, ...values };
}
