import type { Dataset } from '../datasets/dataset.js';
import type { Loss } from '../losses/index.js';
import { initialise, type BatchEngine, type ImageNetwork } from '../networks/index.js';
import { norm } from '../numerics/vectors.js';
import { randomStream } from '../numerics/random.js';

/** What is trained, on what. */
export interface TrainingProblem {
  readonly network: ImageNetwork;
  /** Each row an image, channel by channel, row by row. */
  readonly train: Dataset;
  readonly test?: Dataset;
  /** Summed over the training set; over pairs of classes, the logistic loss is cross-entropy. */
  readonly loss: Loss;
  /** An engine for batches of that many images. */
  readonly engineFor: (examples: number) => BatchEngine;
  /** Draws the start and the order of the mini-batches. */
  readonly seed: number;
  /** The start; by default drawn with variance 2/inputs (He et al. 2015). */
  readonly theta0?: Float64Array;
  /**
   * Most images in one pass over the whole training set (default 1000). Without batch norms the size
   * changes nothing but rounding. With them, each chunk of a gradient has statistics of its own (a
   * "ghost batch"), and only a single chunk gives the true gradient of the whole batch.
   */
  readonly chunk?: number;
}

const MOST_IN_A_CHUNK = 1000;

/** Images in one pass over the training set. */
export function chunkOf({ chunk = MOST_IN_A_CHUNK, train }: TrainingProblem): number {
  return Math.min(chunk, train.examples);
}

/** The start, a copy. Throws one sentence where the parts of the problem do not fit together. */
export function startOf(problem: TrainingProblem): Float64Array {
  const { network, train, test, theta0, seed, chunk } = problem;
  requireFit(network, train);
  if (test) requireFit(network, test);
  if (test && test.classes !== train.classes) {
    throw new Error(
      `${test.name} has ${test.classes} classes; expected ${train.classes}, as ${train.name} has.`,
    );
  }
  if (chunk !== undefined && !(Number.isSafeInteger(chunk) && chunk >= 1)) {
    throw new Error(`chunk is ${chunk}; expected a whole number of at least 1.`);
  }
  const start =
    theta0?.slice() ??
    initialise(network, 'he', randomStream(seed).split('training').split('start'));
  if (start.length !== network.parameters) {
    throw new Error(
      `'${network.name}' has ${network.parameters} parameters; θ₀ has ${start.length}.`,
    );
  }
  if (!(norm(start) > 0) || !start.every(Number.isFinite)) {
    throw new Error('θ₀ needs finite numbers that are not all zero.');
  }
  return start;
}

function requireFit(network: ImageNetwork, { name, dimension, classes }: Dataset): void {
  if (dimension !== network.inputs) {
    throw new Error(
      `${name} has ${dimension} numbers an image; '${network.name}' takes ${network.inputs}.`,
    );
  }
  const outputs = classes === 2 ? 1 : classes;
  if (network.outputs !== outputs) {
    throw new Error(
      `${name} has ${classes} classes, which needs ${outputs} output${outputs > 1 ? 's' : ''}; '${network.name}' has ${network.outputs}.`,
    );
  }
}
