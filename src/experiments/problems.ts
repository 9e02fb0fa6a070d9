import type { Dataset } from '../datasets/index.js';
import { exponentialLoss, objective, type Loss, type Objective } from '../losses/index.js';
import { initialise, relu, squaredRelu, twoLayer, type Pointwise } from '../networks/index.js';
import { randomStream } from '../numerics/random.js';
import { buildProblem, imageSpec, planarSpec } from '../specs/index.js';
import { nodeReaders } from '../specs/node/readers.js';
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

/** Points of the square, labelled by a teacher, with a constant third input. */
export function planarProblem(
  activation: ActivationName,
  seed: number,
  loss: Loss = exponentialLoss,
): FlowProblem {
  const name = `planar ${activation}${loss === exponentialLoss ? '' : ` ${loss.name}`}`;
  return { ...buildProblem(planarSpec(activation, seed), { loss }), name, activation };
}

const IMAGES: Record<Scale, { perClass: number; width: number }> = {
  smoke: { perClass: 10, width: 12 },
  standard: { perClass: 30, width: 12 },
  full: { perClass: 30, width: 16 },
};

/** Trousers against ankle boots of Fashion-MNIST, rotated into the span of the training images. */
export function imageProblem(activation: ActivationName, scale: Scale, seed: number): FlowProblem {
  const spec = imageSpec(activation, IMAGES[scale], seed);
  return { ...buildProblem(spec, { readers: nodeReaders() }), activation };
}
