import {
  fashionMnistTiny,
  firstOfEachClass,
  projectIntoSpan,
  rotateIntoSpan,
  selectClasses,
  teacherProblem,
  type Dataset,
} from '../datasets/index.js';
import { exponentialLoss, objective, type Loss, type Objective } from '../losses/index.js';
import { initialise, relu, squaredRelu, twoLayer, type Pointwise } from '../networks/index.js';
import { randomStream } from '../numerics/random.js';
import type { Scale } from './settings.js';

export type ActivationName = 'squared-relu' | 'relu';

/** A training problem for the flow. */
export interface FlowProblem {
  readonly name: string;
  readonly activation: ActivationName;
  readonly data: Dataset;
  /** Held-out data in the same coordinates. */
  readonly test?: Dataset;
  readonly objective: Objective;
  readonly theta0: Float64Array;
  /** Inputs that were not trained on, at which predictions are compared. */
  readonly probe: Float64Array;
}

const ACTIVATIONS: Record<ActivationName, Pointwise> = { 'squared-relu': squaredRelu, relu };

interface ProblemParts {
  readonly name: string;
  readonly activation: ActivationName;
  readonly data: Dataset;
  readonly test?: Dataset;
  readonly width: number;
  /** Multiplies He's initialisation; small, so that the flow is past its early phase soon. */
  readonly initialScale: number;
  readonly seed: number;
  /** By default the exponential one. */
  readonly loss?: Loss;
  /** By default the test inputs, or else the training inputs. */
  readonly probe?: Float64Array;
}

/** A two-layer network without biases on the given data. */
export function flowProblem(parts: ProblemParts): FlowProblem {
  const { name, activation, data, test, width, loss = exponentialLoss } = parts;
  const network = twoLayer(data.dimension, width, ACTIVATIONS[activation]);
  const stream = randomStream(parts.seed).split('initialisation');
  return {
    name,
    activation,
    data,
    test,
    objective: objective(network, data.inputs, data.labels, loss),
    probe: parts.probe ?? (test ?? data).inputs,
    theta0: initialise(network, 'he', stream, parts.initialScale),
  };
}

const PLANAR = {
  'squared-relu': { examples: 42, margin: 0.01, teacherWidth: 4, initialScale: 0.1 },
  relu: { examples: 20, margin: 0.12, teacherWidth: 2, initialScale: 0.3 },
} as const;

/** Points of the square, labelled by a teacher, with a constant third input. */
export function planarProblem(
  activation: ActivationName,
  seed: number,
  loss: Loss = exponentialLoss,
): FlowProblem {
  const { examples, margin, teacherWidth, initialScale } = PLANAR[activation];
  const stream = randomStream(seed).split('planar').split(activation);
  const { dataset } = teacherProblem(
    { examples, activation, margin, width: teacherWidth, constant: true },
    stream,
  );
  return flowProblem({
    name: `planar ${activation}${loss === exponentialLoss ? '' : ` ${loss.name}`}`,
    activation,
    data: dataset,
    width: 16,
    initialScale,
    seed,
    loss,
    probe: gridOfSquare(21),
  });
}

/** count×count points of [−1, 1]², each with the constant 1. */
function gridOfSquare(count: number): Float64Array {
  const at = (k: number) => (2 * k) / (count - 1) - 1;
  return Float64Array.from({ length: 3 * count * count }, (_, p) => {
    const point = Math.floor(p / 3);
    return [at(point % count), at(Math.floor(point / count)), 1][p % 3];
  });
}

const IMAGES: Record<Scale, { perClass: number; width: number }> = {
  smoke: { perClass: 10, width: 12 },
  standard: { perClass: 30, width: 12 },
  full: { perClass: 30, width: 16 },
};

/** Trousers against ankle boots of Fashion-MNIST, rotated into the span of the training images. */
export function imageProblem(activation: ActivationName, scale: Scale, seed: number): FlowProblem {
  const { perClass, width } = IMAGES[scale];
  const classes = [[1], [9]];
  const train = selectClasses(fashionMnistTiny('train'), classes);
  const rotation = rotateIntoSpan(firstOfEachClass(train, perClass));
  return flowProblem({
    name: `images ${activation}`,
    activation,
    data: rotation.dataset,
    test: projectIntoSpan(rotation, selectClasses(fashionMnistTiny('test'), classes)),
    width,
    initialScale: 0.3,
    seed,
  });
}
