import { lossNamed } from '../../losses/index.js';
import {
  buildDataset,
  buildNetwork,
  type DatasetSpec,
  type ImageNetworkSpec,
} from '../../specs/index.js';
import { nodeReaders } from '../../specs/node/readers.js';
import { presetOnData } from '../../specs/presets.js';
import type { TrainingEntry } from '../../specs/training.js';
import type { Phase, TrainingProblem } from '../../training/index.js';
import { chooseEngine } from './choose-engine.js';

/** Loads the data and binds the network to them; files of data are those of `folder`. */
export async function problemOf(config: TrainingEntry, folder = '.'): Promise<TrainingProblem> {
  const { train, test } = buildDataset(dataOf(config), nodeReaders(folder));
  const network = buildNetwork(networkOf(config.network), train);
  return {
    network,
    train,
    test,
    loss: lossNamed(config.loss),
    engineFor: await chooseEngine(config.engine, network),
    seed: config.seed,
    chunk: config.chunk,
  };
}

/** A set by its name is in units of its channels. */
function dataOf({ data, perClass }: TrainingEntry): DatasetSpec {
  return typeof data === 'object' ? data : { kind: data, perClass, standardise: 'channel' };
}

function networkOf(entry: TrainingEntry['network']): ImageNetworkSpec {
  if (typeof entry === 'string') return presetOnData(entry);
  if ('kind' in entry) return entry;
  const { preset, ...options } = entry;
  return presetOnData(preset, options);
}

const UNTIL_ALPHA = 100;
const BATCH = 50;
const EPOCHS = 200;
const MAX_STEPS = 100_000;

/** The phases of a configuration: mini-batches until the data are fitted, then far beyond. */
export function phasesOf(
  { phases, untilAlpha = UNTIL_ALPHA }: TrainingEntry,
  images: number,
): readonly Phase[] {
  if (phases) return phases;
  return [
    {
      kind: 'sgd',
      batch: Math.min(BATCH, images),
      epochs: EPOCHS,
      momentum: 0.9,
      learningRate: { kind: 'constant', rate: 0.01, warmUp: 1 },
      untilError: 0,
    },
    {
      kind: 'descent',
      rule: { kind: 'loss-scaled', start: 0.01 },
      untilAlpha,
      maxSteps: MAX_STEPS,
    },
  ];
}
