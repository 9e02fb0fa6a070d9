import { lossNamed, type Loss } from '../../losses/index.js';
import { imageSetNames } from '../../specs/image-sets.js';
import { required, text, valued, whole, withDefault, type Values } from '../option.js';
import { networkNames } from './network-named.js';

/** What `npm run measure` was asked to do. */
export interface MeasureArguments {
  readonly weights: string;
  /** Undefined for a model that describes itself. */
  readonly network: string | undefined;
  readonly data: string;
  readonly out: string | undefined;
  /** Of a folder of checkpoints alone. */
  readonly html: string | undefined;
  readonly map: string | undefined;
  readonly loss: Loss;
  /** Training images to take, from the first; Infinity for all. */
  readonly examples: number;
  /** Undefined: as they come from the data set. */
  readonly mean: readonly number[] | undefined;
  readonly deviation: readonly number[] | undefined;
  readonly kktPairs: number | undefined;
}

export const measureUsage = `npm run measure -- MODEL.onnx --data NAME [--out RESULT.json] [options]
npm run measure -- WEIGHTS.npz --network NAME --data NAME [--out RESULT.json] [--map NAMES.json] [options]
npm run measure -- CHECKPOINTS --data NAME [--network NAME] [--out RESULT.json] [--html PAGE.html] [options]`;

const UNITS = `what was subtracted from pixels in [0, 1], and what they were divided by, when
the network was trained: one number, or one for each channel, as 0.5,0.5,0.5`;

export const measureOptions = {
  network: text(
    'NAME',
    `for weights: ${networkNames.join(', ')},\nor a .json file that describes the network`,
  ),
  data: required(
    text(
      'NAME',
      `${imageSetNames.join(', ')}, or an .npz file with inputs and\nlabels (and test_inputs and test_labels)`,
    ),
    'names the data',
  ),
  mean: {
    ...valued('M', UNITS, numbers),
    label: '--mean M, --std S',
  },
  std: valued('S', undefined, deviations),
  map: text(
    'NAMES.json',
    'an object from names of arrays to places in the network, null for none; the\nother arrays go by their order',
  ),
  examples: withDefault(whole('N', 'the first N training images only (default: all)', 1), Infinity),
  loss: withDefault(
    valued(
      'L',
      'exponential, or logistic (the default; cross-entropy with several classes)',
      lossNamed,
    ),
    lossNamed('logistic'),
  ),
  'kkt-pairs': whole(
    'N',
    'most gradients for the KKT residual (default: 200, or what 1 GB holds)',
    1,
  ),
  html: text('PAGE.html', 'for checkpoints: a page with figures of the run, in one file'),
  out: text('RESULT.json', 'file for the result; without it only the summary is shown'),
};

/** Throws one sentence where the arguments make no sense together. */
export function measureArguments(
  { std, 'kkt-pairs': kktPairs, ...rest }: Values<typeof measureOptions>,
  operands: readonly string[],
): MeasureArguments {
  if (operands.length !== 1) {
    throw new Error(
      `Expected one model or file of weights, got ${operands.length}: ${measureUsage}.`,
    );
  }
  const [file] = operands;
  const describesItself = file.endsWith('.onnx');
  if (describesItself && (rest.network !== undefined || rest.map !== undefined)) {
    throw new Error(`${file} describes its network; expected neither --network nor --map.`);
  }
  if (file.endsWith('.npz')) requireNetwork(rest.network, file);
  return { ...rest, weights: operands[0], deviation: std, kktPairs };
}

/** The name of the network that weights are for. Throws one sentence where there is none. */
export function requireNetwork(name: string | undefined, file: string): string {
  if (name !== undefined) return name;
  const known = networkNames.join(', ');
  throw new Error(`--network names the network of ${file}: one of ${known}, or a .json file.`);
}

function numbers(text: string, option: string): number[] {
  const values = text.split(',').map((part) => (part.trim() === '' ? NaN : Number(part)));
  if (values.every(Number.isFinite)) return values;
  throw new Error(`${option} is '${text}'; expected numbers with commas between them.`);
}

function deviations(text: string, option: string): number[] {
  const values = numbers(text, option);
  const zero = values.find((value) => !(value > 0));
  if (zero !== undefined) throw new Error(`${option} has ${zero}; expected positive numbers.`);
  return values;
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
