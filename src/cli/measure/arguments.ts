import { lossNamed, type Loss } from '../../losses/index.js';
import { parseCommandLine, wholeNumber } from '../command-line.js';
import { imageSetNames } from '../../specs/image-sets.js';
import { networkNames } from './network-named.js';

/** What `npm run measure` was asked to do. */
export interface MeasureArguments {
  readonly weights: string;
  readonly network: string;
  readonly data: string;
  readonly out: string | undefined;
  readonly map: string | undefined;
  readonly loss: Loss;
  /** Training images to take, from the first; Infinity for all. */
  readonly examples: number;
  /** Undefined: as they come from the data set. */
  readonly mean: readonly number[] | undefined;
  readonly deviation: readonly number[] | undefined;
  readonly kktPairs: number | undefined;
}

export const measureUsage =
  'npm run measure -- WEIGHTS.npz --network NAME --data NAME [--out RESULT.json] [--map NAMES.json] [--mean M --std S] [--examples N] [--loss L] [--kkt-pairs N]';

export const measureHelp = `${measureUsage}

Measures a network that was trained elsewhere: margins, errors, alignment, KKT residual, norms and
ranks of its layers, effective degree.

  WEIGHTS.npz        a PyTorch state dict, saved by
                     np.savez(path, **{k: v.numpy() for k, v in model.state_dict().items()})
  --network NAME     ${networkNames.join(', ')},
                     or a .json file that describes the network
  --data NAME        ${imageSetNames.join(', ')}, or an .npz file with inputs and
                     labels (and test_inputs and test_labels)
  --mean M, --std S  what was subtracted from pixels in [0, 1], and what they were divided by, when
                     the network was trained: one number, or one for each channel, as 0.5,0.5,0.5
  --map NAMES.json   an object from names of arrays to places in the network, null for none; the
                     other arrays go by their order
  --examples N       the first N training images only (default: all)
  --loss L           exponential, or logistic (the default; cross-entropy with several classes)
  --kkt-pairs N      most gradients for the KKT residual (default: 200, or what 1 GB holds)
  --out RESULT.json  file for the result; without it only the summary is shown
  --help             shows this text

Exit status: 0 when everything was measured, 2 when the input is wrong (nothing is written).`;

/** Throws one sentence where the arguments make no sense; undefined where help is asked for. */
export function measureArguments(args: readonly string[]): MeasureArguments | undefined {
  const text = { type: 'string' } as const;
  const { values, positionals } = parseCommandLine(args, {
    network: text,
    data: text,
    out: text,
    map: text,
    mean: text,
    std: text,
    examples: text,
    loss: text,
    'kkt-pairs': text,
    help: { type: 'boolean' },
  });
  if (values.help) return undefined;
  if (positionals.length !== 1) {
    throw new Error(`Expected one file of weights, got ${positionals.length}: ${measureUsage}.`);
  }
  if (!values.network) throw new Error(`--network names the network: ${measureUsage}.`);
  if (!values.data) throw new Error(`--data names the data: ${measureUsage}.`);
  const whole = (option: 'examples' | 'kkt-pairs') => {
    const given = values[option];
    return given === undefined ? undefined : wholeNumber(`--${option}`, given, 1);
  };
  const deviation = numbers('--std', values.std);
  const zero = deviation?.find((value) => !(value > 0));
  if (zero !== undefined) throw new Error(`--std has ${zero}; expected positive numbers.`);
  return {
    weights: positionals[0],
    network: values.network,
    data: values.data,
    out: values.out,
    map: values.map,
    loss: lossNamed(values.loss ?? 'logistic'),
    examples: whole('examples') ?? Infinity,
    mean: numbers('--mean', values.mean),
    deviation,
    kktPairs: whole('kkt-pairs'),
  };
}

function numbers(option: string, text: string | undefined): number[] | undefined {
  if (text === undefined) return undefined;
  const values = text.split(',').map((part) => (part.trim() === '' ? NaN : Number(part)));
  if (values.every(Number.isFinite)) return values;
  throw new Error(`${option} is '${text}'; expected numbers with commas between them.`);
}

/** The units of each channel; undefined where the pixels stay as they are. Throws for another number. */
export function channelUnits(
  { mean, deviation }: Pick<MeasureArguments, 'mean' | 'deviation'>,
  channels: number,
): { mean: number[]; deviation: number[] } | undefined {
  if (!mean && !deviation) return undefined;
  const each = (option: string, values: readonly number[]) => {
    if (values.length === channels) return [...values];
    if (values.length === 1) return Array<number>(channels).fill(values[0]);
    throw new Error(
      `${option} has ${values.length} numbers; expected 1 or ${channels}, one for each channel.`,
    );
  };
  return { mean: each('--mean', mean ?? [0]), deviation: each('--std', deviation ?? [1]) };
}
