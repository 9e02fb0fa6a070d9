import { lossNamed } from '../losses/index.js';
import type { Phase } from '../training/index.js';
import { datasetOf } from './build-dataset.js';
import { imageNetworkOf } from './build-network.js';
import type { BuiltTraining } from './built.js';
import { datasetFormat, type DatasetEntry } from './dataset.js';
import { parseSpec } from './faults.js';
import { imageNetworkFormat, type ImageNetworkEntry } from './image-network.js';
import { presetOnData } from './presets.js';
import type { DataReaders } from './readers.js';
import type { TrainingEntry } from './training.js';

/** Loads the data of a description that has been checked, and binds the network to them. */
export function trainingOf(config: TrainingEntry, readers?: DataReaders): BuiltTraining {
  const { train, test } = datasetOf(dataOf(config), readers);
  return {
    network: imageNetworkOf(networkEntryOf(config), train),
    train,
    test,
    loss: lossNamed(config.loss),
    seed: config.seed,
    chunk: config.chunk,
    phases: phasesOf(config, train.examples),
  };
}

/** A set by its name is in units of its channels. */
export function dataOf({ data, perClass }: TrainingEntry): DatasetEntry {
  if (typeof data === 'object') return data;
  return parseSpec(datasetFormat, { kind: data, perClass, standardise: 'channel' }, 'data');
}

/** The network with its sizes said; those of images and classes are the data's. */
export function networkEntryOf({ network }: TrainingEntry): ImageNetworkEntry {
  if (typeof network === 'object' && 'kind' in network) return network;
  const { preset, ...options } = typeof network === 'string' ? { preset: network } : network;
  return parseSpec(imageNetworkFormat, presetOnData(preset, options), 'network');
}

/** α to end at where nothing else is said. */
export const UNTIL_ALPHA = 100;
const BATCH = 50;
const EPOCHS = 200;
const MAX_STEPS = 100_000;

/** The phases of a training: mini-batches until the data are fitted, then far beyond. */
export function phasesOf(
  { phases, untilAlpha = UNTIL_ALPHA }: Pick<TrainingEntry, 'phases' | 'untilAlpha'>,
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
