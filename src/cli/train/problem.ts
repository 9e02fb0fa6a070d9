import {
  applyCenterAndScale,
  centerAndScale,
  firstOfEachClass,
  type Dataset,
} from '../../datasets/index.js';
import { lossNamed } from '../../losses/index.js';
import {
  alexNetForm,
  denseNet,
  denseNet100Form,
  hAlexNet,
  resNet,
  resNet20Form,
  smallAlexNetForm,
  smallDenseNetForm,
  smallResNetForm,
  type ImageNetwork,
} from '../../networks/index.js';
import type { Phase, TrainingProblem } from '../../training/index.js';
import { imageData } from '../image-data.js';
import { chooseEngine } from './choose-engine.js';
import type { TrainingConfig } from './config-format.js';

/** Loads the data and binds the network to them. */
export async function problemOf(config: TrainingConfig): Promise<TrainingProblem> {
  const read = imageData[config.data];
  const all = read('train');
  const units = centerAndScale(
    config.perClass === undefined ? all : firstOfEachClass(all, config.perClass),
    'channel',
  );
  const network = networkOf(config.network, units.dataset);
  return {
    network,
    train: units.dataset,
    test: applyCenterAndScale(units, read('test')),
    loss: lossNamed(config.loss),
    engineFor: await chooseEngine(config.engine, network),
    seed: config.seed,
    chunk: config.chunk,
  };
}

/** A network by its name, on images of the data's shape. */
function networkOf(entry: TrainingConfig['network'], { image, classes }: Dataset): ImageNetwork {
  const { preset, ...options } = typeof entry === 'string' ? { preset: entry } : entry;
  const sizes = { classes, ...(image && { image }) };
  switch (preset) {
    case 'h-alexnet':
      return hAlexNet({ ...alexNetForm, ...sizes });
    case 'h-alexnet-small':
      return hAlexNet({ ...smallAlexNetForm, ...sizes });
    case 'resnet-20':
      return resNet({ ...resNet20Form, ...sizes }, options);
    case 'resnet-small':
      return resNet({ ...smallResNetForm, ...sizes }, options);
    case 'densenet-100':
      return denseNet({ ...denseNet100Form, ...sizes }, options);
    case 'densenet-small':
      return denseNet({ ...smallDenseNetForm, ...sizes }, options);
  }
}

const UNTIL_ALPHA = 100;
const BATCH = 50;
const EPOCHS = 200;
const MAX_STEPS = 100_000;

/** The phases of a configuration: mini-batches until the data are fitted, then far beyond. */
export function phasesOf(
  { phases, untilAlpha = UNTIL_ALPHA }: TrainingConfig,
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
