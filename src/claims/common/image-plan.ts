import type { ImageTrainingExperiment } from '../../specs/experiment.js';
import { imagesOfEachClass } from '../../specs/image-experiments.js';
import type { PlanSettings, Scale } from '../../specs/scale.js';
import type { PhaseSpec } from '../../specs/spec-types.js';
import type { ImplicitPhase } from '../../training/index.js';

/**
 * From one checkpoint to the next, α doubles. Along a flow a smoothed margin never falls. Descent is no flow, so
 * that one may stand still for a while; a fall by a twentieth over a doubling of α is more than that.
 */
export const RISE = 1;
/** A margin that falls to this share of what it was, over a doubling of α, contradicts. */
export const FALL = 0.95;
/**
 * A direction that converges at degree L has lengths that go like α^(−(1−λ)/L). λ is not known of these
 * networks; half of the exponent at λ = 0 is asked for …
 */
export const SHARE_OF_DEGREE = 0.5;
/** … from each three doublings of α to the next, of the last nine: single doublings are noisy. */
export const GROUP = 3;
/**
 * Uniform margins: the largest over the smallest, less 1, shrinks to this share per doubling of α, in the mean over
 * the last three: it hangs on two images, and jumps. At 0.8 it halves in about three.
 */
export const SPREAD = 0.8;
/** Share of the way that halved steps may differ by. */
export const CONTROL = 0.2;

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

/** The networks of the claims on images. */
export const imageNetworkNames = ['h-alexnet', 'densenet', 'resnet'] as const;
/** The name of such a network; the claims train it in its small form. */
export type ImageNetworkName = (typeof imageNetworkNames)[number];

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

/** Classes of the data sets. */
const CLASSES = 10;

/** The training of a claim on images. */
export function imageTrainingPlan(
  network: ImageNetworkName,
  { scale, seed }: PlanSettings,
): ImageTrainingExperiment {
  const { perClass, goal, controlGoal } = SIZES[scale][network];
  const images = perClass > 0 ? CLASSES * perClass : Infinity;
  return {
    kind: 'image-training',
    name: network,
    // A full data set takes a network twice as wide.
    network: { preset: `${network}-small`, width: perClass > 0 ? 1 : 2 },
    data: imagesOfEachClass(perClass),
    phases: phasesFor(network, images, goal),
    goal,
    ...(controlGoal === undefined ? {} : { controlGoal }),
    seed,
  };
}

/** Mini-batches until every image is classified, then the whole training set at every step. */
function phasesFor(name: ImageNetworkName, images: number, goal: number): PhaseSpec[] {
  const rate = name === 'h-alexnet' ? 0.02 : 0.05;
  const { c, cap, momentum } = DESCENT;
  // Implicit steps need each image's own gradient, which batch norms do not leave it, and hold those of
  // all pairs that matter, which are too many in a full data set.
  const separate = name === 'h-alexnet' && images <= MOST_IMAGES;
  return [
    {
      kind: 'sgd',
      batch: Math.min(50, images / 4),
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
