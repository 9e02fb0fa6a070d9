import type {
  ExperimentSpec,
  ImageTrainingExperiment,
  StepComparisonExperiment,
} from './experiment.js';
import type { DatasetSpec } from './spec-types.js';

/**
 * The first so many images of each class of the committed Fashion-MNIST subset, or for 0 all images of a full
 * set: the first one found, or Fashion-MNIST. Channels are centred and scaled to variance 1.
 */
export function imagesOfEachClass(
  perClass: number,
  full: 'first-found' | 'fashion-mnist' = 'first-found',
): DatasetSpec {
  const standardise = 'channel';
  return perClass > 0
    ? { kind: 'fashion-mnist-tiny', perClass, standardise }
    : { kind: full, standardise };
}

/** Networks that earlier descriptions named, each in its small form. */
const SMALL = {
  'h-alexnet': 'h-alexnet-small',
  densenet: 'densenet-small',
  resnet: 'resnet-small',
} as const;

/** What earlier descriptions said in the place of `data`: images of each class, 0 for a full set. */
interface Earlier {
  readonly kind?: unknown;
  readonly data?: unknown;
  readonly perClass?: unknown;
  readonly network?: unknown;
  readonly width?: unknown;
  readonly layers?: unknown;
}

/**
 * A description whose images were said by `perClass` alone, in the words of today: such files go on working.
 * Anything else as it is.
 */
export function inTodaysWords(raw: unknown): unknown {
  if (typeof raw !== 'object' || raw === null) return raw;
  const { perClass, width, layers, ...rest } = raw as Earlier;
  if (rest.data !== undefined || !isCount(perClass)) return raw;
  const { kind, network } = rest;
  if (kind === 'image-training' && typeof network === 'string' && Object.hasOwn(SMALL, network)) {
    const preset = SMALL[network as keyof typeof SMALL];
    return {
      ...rest,
      name: network,
      network: { preset, ...(width === undefined ? {} : { width }) },
      data: imagesOfEachClass(perClass),
    };
  }
  if (kind === 'step-comparison' && network === undefined) {
    const parts = { kind: 'parts', name: FOUR_LAYERS, parts: layers };
    return { ...rest, network: parts, data: imagesOfEachClass(perClass, 'fashion-mnist') };
  }
  return raw;
}

/** What figures and messages call the network of the comparisons of step rules. */
export const FOUR_LAYERS = 'four bias-free layers';

const isCount = (value: unknown): value is number => Number.isInteger(value) && Number(value) >= 0;

/** An experiment that trains a network on images. */
export type ImageExperiment = ImageTrainingExperiment | StepComparisonExperiment;

/** Whether an experiment trains a network on images, so that `network` and `data` are fields of its own. */
export function isOnImages(spec: ExperimentSpec): spec is ImageExperiment {
  return 'network' in spec && 'data' in spec;
}
