import { lossNames } from '../../losses/index.js';
import { imageSetNames } from '../../specs/image-sets.js';
import { presetNames } from '../../specs/preset-names.js';
import { number, required, text, whole, type Values } from '../option.js';

/** What `npm run train` was asked to do. */
export interface TrainArguments {
  /** Undefined: the flags say it all. */
  readonly config: string | undefined;
  readonly out: string;
  /** Keys of the configuration that flags give. */
  readonly flags: Readonly<Record<string, unknown>>;
}

/** 'a, b or c'. */
function listed(names: readonly string[], last = ' or '): string {
  return names.join(', ').replace(/, ([^,]*)$/, `${last}$1`);
}

export const trainUsage = 'npm run train -- [CONFIG.json] --out FOLDER [options]';

export const trainOptions = {
  out: required(
    text('FOLDER', "the run's folder: state, rows, config.json, rows.csv, weights.npz"),
    'names the folder for the run',
  ),
  network: text(
    'NAME',
    `${listed(
      presetNames.filter((name) => !name.endsWith('-small')),
      ' and ',
    )} (published sizes),\n${listed(presetNames.filter((name) => name.endsWith('-small')))}`,
  ),
  data: text('NAME', listed(imageSetNames)),
  loss: text('NAME', `${listed(lossNames)} (default logistic)`),
  engine: text('NAME', 'float64 (default), tensorflow, or auto: TensorFlow where it is installed'),
  'until-alpha': number('A', 'α to end at (default 100), the loss being about e^-A'),
  seed: whole('K', 'draws the start and the order of mini-batches (default 1)', 0),
};

/** Throws one sentence where the arguments make no sense together. */
export function trainArguments(
  { out, 'until-alpha': untilAlpha, ...rest }: Values<typeof trainOptions>,
  operands: readonly string[],
): TrainArguments {
  if (operands.length > 1) {
    throw new Error(`Expected at most one configuration, got ${operands.length}: ${trainUsage}.`);
  }
  const given = Object.entries({ ...rest, untilAlpha });
  const flags = Object.fromEntries(given.filter(([, value]) => value !== undefined));
  return { config: operands.at(0), out, flags };
}
