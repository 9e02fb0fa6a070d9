import { lossNames, type LossName } from '../../losses/index.js';
import { activationNames } from '../../networks/index.js';
import { wholeNumber } from '../command-line.js';
import { networkFrom, type NetworkSketch } from './network-shorthand.js';

/** What makes a problem of a table. */
export interface CsvArguments {
  readonly csv: string;
  /** Undefined: the last column. */
  readonly label?: string;
  /** Undefined: all but the label. */
  readonly columns?: readonly string[];
  readonly network: NetworkSketch;
  readonly loss: LossName;
  readonly standardise: boolean;
  readonly constant: boolean;
  readonly seed: number;
  /** Undefined: the default for the network. */
  readonly scale?: number;
}

export const csvOptions = {
  csv: { type: 'string' },
  label: { type: 'string' },
  columns: { type: 'string' },
  network: { type: 'string' },
  loss: { type: 'string' },
  standardise: { type: 'boolean' },
  'no-constant': { type: 'boolean' },
  seed: { type: 'string' },
  scale: { type: 'string' },
} as const;

type Values = {
  readonly [K in keyof typeof csvOptions]?: (typeof csvOptions)[K]['type'] extends 'boolean'
    ? boolean
    : string;
};

export const csvHelp = `  --csv FILE.csv     a table with a header line in place of a problem
  --label COLUMN     the column of the labels (default the last): two values become -1 and +1, more
                     become 0, 1, …, in sorted order
  --columns A,B,…    the input columns (default all others); they hold numbers
  --network FORM     linear, two-layer:WIDTH:ACTIVATION or deep:WIDTH-WIDTH:ACTIVATION, with the
                     activation ${activationNames.join(', ')} or 'leaky-relu(0.1)'
  --loss NAME        exponential or logistic (default)
  --standardise      centres the columns and scales them to variance 1
  --no-constant      adds no constant input, which stands for biases
  --seed N           draws theta0 by He's initialisation (default 1) …
  --scale S          … times this (default 0.3, or 0.1 where the activation is of higher power)`;

/** Undefined where there is no table. Throws one sentence where the options make no sense. */
export function csvArguments(values: Values): CsvArguments | undefined {
  const { csv, label, columns, network, seed, scale } = values;
  if (csv === undefined) {
    const stray = Object.keys(csvOptions).find(
      (name) => values[name as keyof Values] !== undefined,
    );
    if (stray) throw new Error(`--${stray} belongs to a table; expected --csv FILE.csv too.`);
    return undefined;
  }
  if (network === undefined) {
    throw new Error('--csv needs a --network, such as --network two-layer:16:relu.');
  }
  return {
    csv,
    label,
    columns: columns?.split(',').map((name) => name.trim()),
    network: networkFrom(network),
    loss: lossFrom(values.loss ?? 'logistic'),
    standardise: values.standardise === true,
    constant: values['no-constant'] !== true,
    seed: seed === undefined ? 1 : wholeNumber('--seed', seed, 0),
    scale: scale === undefined ? undefined : scaleFrom(scale),
  };
}

function lossFrom(text: string): LossName {
  const name = lossNames.find((known) => known === text);
  if (name) return name;
  throw new Error(`--loss is '${text}'; expected ${lossNames.join(' or ')}.`);
}

function scaleFrom(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value > 0 && Number.isFinite(value)) return value;
  throw new Error(`--scale is '${text}'; expected a number above 0.`);
}
