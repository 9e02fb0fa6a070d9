import { z } from 'zod';
import { lossNames } from '../../losses/index.js';
import { activationNamed, activationWords } from '../../networks/index.js';

/**
 * A problem for `npm run flow`, as JSON:
 *
 * - `network`: one of
 *   - `{"kind": "two-layer", "inputs": d, "width": m, "activation": …}` for Σⱼ aⱼ σ(wⱼ·x). `trained`
 *     names the layers that move, `["hidden", "output"]` if left out; a layer that is not named is held
 *     at the weights in `fixed`: `{"hidden": m rows of d}` or `{"output": k rows of m}`.
 *   - `{"kind": "deep", "widths": [d, …, k], "activation": …}`, every layer trained
 *   - `{"kind": "linear", "inputs": d}` for w·x
 *
 *   with an `activation` that `activationNamed` knows. Biases are refused: they end homogeneity or hide a
 *   constant input, and a constant among the inputs serves in their place.
 * - `loss`: `exponential` or `logistic`, summed over examples
 * - `inputs`: n rows of d numbers
 * - `labels`: n labels, +1 or −1; or 0 … k − 1 where `classes` says k > 2
 * - `theta0`: the start, layer by layer, each layer row by row (one row for each of its units)
 * - `targets`: increasing values of α = ℓ⁻¹(risk), about the smallest margin, to report at
 * - `data`: where a table's inputs and labels came from, passed on to the result as it is
 * - `homogeneity`: the degree in the trained weights, if given, is checked
 *
 * Keys that a result or a reference adds are passed over, so that it can be used as a problem again;
 * others are refused. The messages below say what is expected in a place, and `problem-file.ts` makes
 * sentences of them.
 */
const number = z.number({ error: 'a finite number' });
const size = z.int({ error: 'a whole number of at least 1' }).min(1, {
  error: 'a whole number of at least 1',
});
const numbers = z
  .array(number, { error: 'a list of numbers' })
  .min(1, { error: 'at least one number' });
const rows = z
  .array(numbers, { error: 'a list of rows of numbers' })
  .min(1, { error: 'at least one row' });
const activation = z
  .string({ error: activationWords })
  .refine((name) => activationNamed(name) !== undefined, { error: activationWords });
const bias = z
  .literal(false, { error: 'false: a constant among the inputs can stand for a bias' })
  .default(false);
const layers = "a list of 'hidden', 'output' or both";
const allTrained = z
  .undefined({ error: 'nothing, since all of this network is trained' })
  .optional();

const twoLayer = z.object({
  kind: z.literal('two-layer'),
  inputs: size,
  width: size,
  activation,
  bias,
  trained: z
    .array(z.enum(['hidden', 'output'], { error: "'hidden' or 'output'" }), { error: layers })
    .min(1, { error: layers })
    .default(['hidden', 'output']),
  fixed: z
    .object(
      { hidden: rows.optional(), output: rows.optional() },
      { error: "an object with 'hidden' or 'output'" },
    )
    .default({}),
});

const deep = z.object({
  kind: z.literal('deep'),
  inputs: size.optional(),
  widths: z
    .array(size, { error: 'the sizes of all layers, from the inputs to the outputs' })
    .min(2, { error: 'at least the number of inputs and of outputs' }),
  activation,
  bias,
  trained: allTrained,
  fixed: allTrained,
});

const linear = z.object({
  kind: z.literal('linear'),
  inputs: size,
  bias,
  trained: allTrained,
  fixed: allTrained,
});

const KINDS = "'two-layer', 'deep' or 'linear'";

const data = z.looseObject(
  {
    file: z.string({ error: 'the name of a file' }),
    columns: z.array(z.string(), { error: 'the names of the inputs' }),
    label: z.string({ error: 'the name of a column' }),
    labels: z.array(z.object({ text: z.string(), label: number }), {
      error: 'a list of texts with their labels',
    }),
    /** What was subtracted from each column, and what it was then divided by. */
    mean: numbers.optional(),
    deviation: numbers.optional(),
  },
  { error: 'an object with file, columns, label and labels' },
);

export const problemFormat = z.object(
  {
    network: z.discriminatedUnion('kind', [twoLayer, deep, linear], {
      // Zod calls this for a network that is no object too, which its types leave out.
      error: ({ code }: { code: string }) =>
        code === 'invalid_type' ? `an object with a kind, ${KINDS}` : KINDS,
    }),
    loss: z.enum(lossNames, { error: lossNames.map((name) => `'${name}'`).join(' or ') }),
    homogeneity: number.optional(),
    classes: z
      .int({ error: 'a whole number of at least 2' })
      .min(2, { error: 'a whole number of at least 2' })
      .default(2),
    targets: numbers,
    inputs: rows,
    labels: numbers,
    theta0: numbers,
    data: data.optional(),
  },
  { error: 'an object with network, loss, inputs, labels, theta0 and targets' },
);

/** What a result and the reference files say besides the problem. */
const ADDED = ['about', 'rows', 'beyond', 'last', 'visits', 'agreement', 'limit', 'solver'];
/** A description of the order of theta0, in words. */
const DESCRIPTION = 'parameters';
const networkKinds = { 'two-layer': twoLayer, deep, linear };

/** A key that stands for nothing, and those that could stand in its place. */
export interface UnknownKey {
  readonly path: readonly string[];
  readonly known: readonly string[];
}

/** The first key of a problem that stands for nothing; undefined where all are known. */
export function unknownKey(raw: unknown): UnknownKey | undefined {
  const { network } = entriesOf(raw);
  const { kind, fixed } = entriesOf(network);
  const format = Object.entries(networkKinds).find(([name]) => name === kind)?.[1];
  const places: [string[], unknown, string[]][] = [
    [[], raw, [...Object.keys(problemFormat.shape), ...ADDED]],
    [['network'], network, format ? [...Object.keys(format.shape), DESCRIPTION] : []],
    [['network', 'fixed'], fixed, format === twoLayer ? ['hidden', 'output'] : []],
  ];
  for (const [path, value, known] of places) {
    const odd = Object.keys(entriesOf(value)).find((key) => !known.includes(key));
    if (odd !== undefined && known.length > 0) return { path: [...path, odd], known };
  }
  return undefined;
}

function entriesOf(value: unknown): Record<string, unknown> {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? (value as Record<string, unknown>) : {};
}

/** A problem whose parts have the right form, each on its own. */
export type ProblemFile = z.output<typeof problemFormat>;
export type NetworkEntry = ProblemFile['network'];
/** Where the inputs and labels of a problem came from. */
export type DataEntry = NonNullable<ProblemFile['data']>;
