import { lossNames } from '../../losses/index.js';
import { imageSetNames } from '../../specs/image-sets.js';
import { presetNames } from '../../specs/preset-names.js';
import { parseCommandLine, wholeNumber } from '../command-line.js';

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

export const trainHelp = `${trainUsage}

Trains an image network until long after it has fitted its data. Interrupted or killed, the same command
goes on from the last saved state, to the same bytes at the end.

  --out FOLDER      the run's folder: state, rows, config.json, rows.csv, weights.npz
  --network NAME    ${listed(
    presetNames.filter((name) => !name.endsWith('-small')),
    ' and ',
  )} (published sizes),
                    ${listed(presetNames.filter((name) => name.endsWith('-small')))}
  --data NAME       ${listed(imageSetNames)}
  --loss NAME       ${listed(lossNames)} (default logistic)
  --engine NAME     float64 (default), tensorflow, or auto: TensorFlow where it is installed
  --until-alpha A   α to end at (default 100), the loss being about e^-A
  --seed K          draws the start and the order of mini-batches (default 1)
  --help            shows this text

CONFIG.json may say all this and more, such as the phases of the training; flags go before it.

Exit status: 0 when the training reached its end, 1 when it ended before, 2 when the input is wrong,
130 after Ctrl-C (the state is saved).`;

/** Throws one sentence where the arguments make no sense; undefined where help is asked for. */
export function trainArguments(args: readonly string[]): TrainArguments | undefined {
  const { values, positionals } = parseCommandLine(args, {
    out: { type: 'string' },
    network: { type: 'string' },
    data: { type: 'string' },
    loss: { type: 'string' },
    engine: { type: 'string' },
    'until-alpha': { type: 'string' },
    seed: { type: 'string' },
    help: { type: 'boolean' },
  });
  if (values.help) return undefined;
  if (positionals.length > 1) {
    throw new Error(
      `Expected at most one configuration, got ${positionals.length}: ${trainUsage}.`,
    );
  }
  if (!values.out) throw new Error(`--out names the folder for the run: ${trainUsage}.`);
  const { network, data, loss, engine, seed } = values;
  const alpha = values['until-alpha'];
  const given = {
    network,
    data,
    loss,
    engine,
    untilAlpha: alpha === undefined ? undefined : finiteNumber('--until-alpha', alpha),
    seed: seed === undefined ? undefined : wholeNumber('--seed', seed, 0),
  };
  const flags = Object.entries(given).filter(([, value]) => value !== undefined);
  return { config: positionals.at(0), out: values.out, flags: Object.fromEntries(flags) };
}

function finiteNumber(option: string, text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value)) return value;
  throw new Error(`${option} is '${text}'; expected a finite number.`);
}
