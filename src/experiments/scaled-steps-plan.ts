import {
  centerAndScale,
  fashionMnist,
  fashionMnistTiny,
  findFashionMnist,
  firstOfEachClass,
  type Dataset,
} from '../datasets/index.js';
import type { StepRule } from '../flows/index.js';
import { imageNetwork, parts, type ImageNetwork, type Part } from '../networks/index.js';
import type { DescentPhase, SgdPhase } from '../training/index.js';
import { Unfinished, type Scale } from './settings.js';

/** Rules for the length of steps that are to be compared, from the same start. */
export interface ScaledStepsPlan {
  readonly network: ImageNetwork;
  readonly data: Dataset;
  /** Gradients of the whole training set that each rule may compute, those of undone steps included. */
  readonly evaluations: number;
  /** Mini-batches until α = 1, where every image is classified: the start of all rules. */
  readonly fit: SgdPhase;
  /** Lengths of constant steps along the gradient of the mean loss. */
  readonly constant: readonly number[];
  /** a of the loss-scaled rule at its start. */
  readonly start: number;
}

/** Lyu & Li's constant step, and one ten times as long. */
const CONSTANT_STEPS = [0.01, 0.1] as const;
const START = 0.01;

/** Images of each class (0: the full data set) and gradients for each rule. */
const SIZES: Record<Scale, { perClass: number; evaluations: number }> = {
  smoke: { perClass: 20, evaluations: 1500 },
  standard: { perClass: 100, evaluations: 2500 },
  full: { perClass: 0, evaluations: 2000 },
};

const { convolution, dense, flatten, maxPool, relu } = parts;

/** Convolutions that look at every pixel once: 4×4 patches of 7×7 pixels, then 2×2 places. */
const SMALL: readonly Part[] = [
  convolution(16, { kernel: 7, stride: 7, padding: 'valid' }),
  relu,
  convolution(16, { stride: 2 }),
  relu,
  flatten,
  dense(64),
  relu,
  dense(10),
];

/** The classic form, with pools. */
const POOLED: readonly Part[] = [
  convolution(8),
  relu,
  maxPool(),
  convolution(16),
  relu,
  maxPool(),
  flatten,
  dense(64),
  relu,
  dense(10),
];

export function scaledStepsPlan(scale: Scale): ScaledStepsPlan {
  const { perClass, evaluations } = SIZES[scale];
  const full = perClass === 0;
  const images = full ? allImages() : firstOfEachClass(fashionMnistTiny('train'), perClass);
  const network = imageNetwork('four bias-free layers', images.image!, full ? POOLED : SMALL);
  const fit: SgdPhase = {
    kind: 'sgd',
    batch: full ? 100 : 20,
    epochs: 500,
    momentum: 0.9,
    learningRate: { kind: 'constant', rate: 0.01 },
    untilAlpha: 1,
  };
  return {
    network,
    data: centerAndScale(images, 'channel').dataset,
    evaluations,
    fit,
    constant: CONSTANT_STEPS,
    start: START,
  };
}

function allImages(): Dataset {
  if (findFashionMnist()) return fashionMnist('train');
  throw new Unfinished('not run: install dataset-fashion-mnist or set AFTERFIT_DATA');
}

/** α that no run reaches: what ends them is the number of gradients. */
const OUT_OF_REACH = 1e9;

/** The descent of a rule, along the gradient of the summed loss. */
export function descentBy(rule: StepRule, { evaluations }: ScaledStepsPlan): DescentPhase {
  return { kind: 'descent', rule, untilAlpha: OUT_OF_REACH, maxSteps: evaluations };
}
