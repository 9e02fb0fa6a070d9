import { number, required, text, whole, type Values } from '../option.js';

/** What `npm run train` was asked to do. */
export interface TrainArguments {
  /** Undefined: the flags say it all. */
  readonly config: string | undefined;
  readonly out: string;
  /** Keys of the configuration that flags give. */
  readonly flags: Readonly<Record<string, unknown>>;
}

export const trainUsage = 'npm run train -- [CONFIG.json] --out FOLDER [options]';

export const trainOptions = {
  out: required(
    text('FOLDER', "the run's folder: state, rows, config.json, rows.csv, weights.npz"),
    'names the folder for the run',
  ),
  network: text(
    'NAME',
    'h-alexnet, resnet-20, densenet-100 (published sizes),\nh-alexnet-small, resnet-small or densenet-small',
  ),
  data: text('NAME', 'fashion-mnist-tiny, fashion-mnist or cifar-10'),
  loss: text('NAME', 'logistic (default) or exponential'),
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
