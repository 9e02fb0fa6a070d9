import { lossNames, type LossName } from '../../losses/index.js';
import { activationNames } from '../../networks/index.js';
import { flag, number, text, whole, type Values } from '../option.js';
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
  csv: text('FILE.csv', 'a table with a header line in place of a problem'),
  label: text(
    'COLUMN',
    'the column of the labels (default the last): two values become -1 and +1, more\nbecome 0, 1, …, in sorted order',
  ),
  columns: text('A,B,…', 'the input columns (default all others); they hold numbers'),
  network: text(
    'FORM',
    `linear, two-layer:WIDTH:ACTIVATION or deep:WIDTH-WIDTH:ACTIVATION, with the
activation ${activationNames.join(', ')} or 'leaky-relu(0.1)'`,
  ),
  loss: text('NAME', 'exponential or logistic (default)'),
  standardise: flag('centres the columns and scales them to variance 1'),
  'no-constant': flag('adds no constant input, which stands for biases'),
  seed: whole('N', "draws theta0 by He's initialisation (default 1) …", 0),
  scale: number(
    'S',
    '… times this (default 0.3, or 0.1 where the activation is of higher power)',
    'a number above 0',
    (value) => value > 0,
  ),
};

/** Undefined where there is no table. Throws one sentence where the options make no sense. */
export function csvArguments(values: Values<typeof csvOptions>): CsvArguments | undefined {
  const { csv, label, columns, network, seed, scale } = values;
  if (csv === undefined) {
    const names = Object.keys(csvOptions) as (keyof typeof csvOptions)[];
    const stray = names.find((name) => values[name] !== undefined && values[name] !== false);
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
    standardise: values.standardise,
    constant: !values['no-constant'],
    seed: seed ?? 1,
    scale,
  };
}

function lossFrom(text: string): LossName {
  const name = lossNames.find((known) => known === text);
  if (name) return name;
  throw new Error(`--loss is '${text}'; expected ${lossNames.join(' or ')}.`);
}
