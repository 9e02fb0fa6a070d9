import {
  applyCenterAndScale,
  centerAndScale,
  cifar10,
  fashionMnist,
  fashionMnistTiny,
  findCifar10,
  findFashionMnist,
  firstOfEachClass,
  type Dataset,
} from '../datasets/index.js';
import {
  denseNet,
  hAlexNet,
  resNet,
  smallAlexNetForm,
  smallDenseNetForm,
  smallResNetForm,
  type ImageNetwork,
  type ImageShape,
} from '../networks/index.js';
import type { ImplicitPhase, Phase } from '../training/index.js';
import { Unfinished, type Scale } from './settings.js';

/** What plans these trainings, for their folders. */
export const IMAGE_PLANS_MODULE = import.meta.url;

/** The networks of the image claims. */
export const imageNetworkNames = ['h-alexnet', 'densenet', 'resnet'] as const;
export type ImageNetworkName = (typeof imageNetworkNames)[number];

/** What is trained, on what, and how, before anything runs. */
export interface ImagePlan {
  readonly name: ImageNetworkName;
  readonly network: ImageNetwork;
  /** In units of the training set: one mean, one standard deviation for each channel. */
  readonly train: Dataset;
  readonly test: Dataset;
  readonly phases: readonly Phase[];
  /** The training ends when α reaches this. */
  readonly goal: number;
  /** Where the control with halved steps ends; undefined for none. */
  readonly controlGoal: number | undefined;
}

/**
 * Steps of relative length c/α along a running mean of gradients. A single gradient of a ReLU network
 * points to and fro across kinks; the mean of some fifty keeps what they have in common.
 */
const DESCENT = { c: 0.1, cap: 0.02, momentum: 0.98 } as const;

/** From this α on steps are implicit where they can be. */
const IMPLICIT_FROM = 10;
const MOST_IMAGES = 2000;
const IMPLICIT: Omit<ImplicitPhase, 'untilAlpha'> = {
  kind: 'implicit',
  first: 0.001,
  longest: 0.01,
  mostPairs: 1200,
  maxSteps: 100_000,
};

/** Images of each class (0: the full data set), and where run and control end. */
const SIZES: Record<
  Scale,
  Record<ImageNetworkName, { perClass: number; goal: number; controlGoal?: number }>
> = {
  smoke: {
    'h-alexnet': { perClass: 20, goal: 1000, controlGoal: 100 },
    densenet: { perClass: 20, goal: 16, controlGoal: 4 },
    resnet: { perClass: 20, goal: 16, controlGoal: 4 },
  },
  standard: {
    'h-alexnet': { perClass: 100, goal: 1e5, controlGoal: 1000 },
    densenet: { perClass: 100, goal: 64, controlGoal: 16 },
    resnet: { perClass: 100, goal: 64, controlGoal: 16 },
  },
  full: {
    'h-alexnet': { perClass: 0, goal: 1000 },
    densenet: { perClass: 0, goal: 1000 },
    resnet: { perClass: 0, goal: 1000 },
  },
};

/** The plan of a claim's training at a scale. */
export function imagePlan(name: ImageNetworkName, scale: Scale): ImagePlan {
  const { perClass, goal, controlGoal } = SIZES[scale][name];
  const { train, test } = perClass > 0 ? committedImages(perClass) : fullImages();
  const units = centerAndScale(train, 'channel');
  return {
    name,
    network: networkFor(name, train.image!, perClass === 0),
    train: units.dataset,
    test: applyCenterAndScale(units, test),
    phases: phasesFor(name, train.examples, goal),
    goal,
    controlGoal,
  };
}

/** What follows the fit, with steps half as long, until α reaches `goal`. */
export function halvedPhases({ phases }: ImagePlan, goal: number): Phase[] {
  return phases.slice(1).map((phase): Phase => {
    const untilAlpha = Math.min(goal, phase.untilAlpha ?? goal);
    if (phase.kind === 'implicit') {
      return { ...phase, first: phase.first / 2, longest: phase.longest / 2, untilAlpha };
    }
    if (phase.kind === 'descent' && phase.rule.kind === 'relative') {
      const { c, cap } = phase.rule;
      return { ...phase, rule: { kind: 'relative', c: c / 2, cap: cap / 2 }, untilAlpha };
    }
    return phase;
  });
}

function committedImages(perClass: number) {
  return {
    train: firstOfEachClass(fashionMnistTiny('train'), perClass),
    test: fashionMnistTiny('test'),
  };
}

/** CIFAR-10 where it is, or else Fashion-MNIST; a run without either says nothing. */
function fullImages() {
  if (findCifar10()) return { train: cifar10('train'), test: cifar10('test') };
  if (findFashionMnist()) return { train: fashionMnist('train'), test: fashionMnist('test') };
  throw new Unfinished('not run: install dataset-fashion-mnist or set AFTERFIT_DATA');
}

/** The small form, or for a full data set one twice as wide. */
function networkFor(name: ImageNetworkName, image: ImageShape, wide: boolean): ImageNetwork {
  const factor = wide ? 2 : 1;
  switch (name) {
    case 'h-alexnet': {
      const { convolutions, hidden } = smallAlexNetForm;
      return hAlexNet({
        ...smallAlexNetForm,
        image,
        convolutions: convolutions.map((each) => ({ ...each, filters: factor * each.filters })),
        hidden: hidden.map((units) => factor * units),
      });
    }
    case 'densenet':
      return denseNet({ ...smallDenseNetForm, image, growth: factor * smallDenseNetForm.growth });
    case 'resnet':
      return resNet({
        ...smallResNetForm,
        image,
        widths: smallResNetForm.widths.map((width) => factor * width),
      });
  }
}

/** Mini-batches until every image is classified, then the whole training set at every step. */
function phasesFor(name: ImageNetworkName, examples: number, goal: number): Phase[] {
  const rate = name === 'h-alexnet' ? 0.02 : 0.05;
  const { c, cap, momentum } = DESCENT;
  // Implicit steps need each image's own gradient, which batch norms do not leave it, and hold those of
  // all pairs that matter, which are too many in a full data set.
  const separate = name === 'h-alexnet' && examples <= MOST_IMAGES;
  return [
    {
      kind: 'sgd',
      batch: Math.min(50, examples / 4),
      epochs: 100,
      momentum: 0.9,
      learningRate: { kind: 'cosine', rate, final: rate / 100 },
      untilError: 0,
      measureEvery: 5,
    },
    {
      kind: 'descent',
      rule: { kind: 'relative', c, cap },
      momentum,
      untilAlpha: separate ? IMPLICIT_FROM : goal,
      maxSteps: 100_000,
    },
    ...(separate ? [{ ...IMPLICIT, untilAlpha: goal }] : []),
  ];
}
