import type { Dataset } from '../../src/datasets/dataset.js';
import { exponentialLoss, objective, type Loss, type Objective } from '../../src/losses/index.js';
import { linearModel, relu, twoLayer } from '../../src/networks/index.js';

/** The networks that the closed-form data sets have solutions for, bound to the data. */
export function linearOn(dataset: Dataset, loss: Loss = exponentialLoss): Objective {
  return objective(linearModel(dataset.dimension), dataset.inputs, dataset.labels, loss);
}

export function reluOn(dataset: Dataset): Objective {
  const network = twoLayer(dataset.dimension, 2, relu);
  return objective(network, dataset.inputs, dataset.labels, exponentialLoss);
}

/** A linear model with three scores, one for each of three inputs, labelled 0, 1 and 2. */
export function threeScores(loss: Loss = exponentialLoss): Objective {
  const inputs = Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);
  return objective(linearModel(3, 3), inputs, Float64Array.of(0, 1, 2), loss, 3);
}

/** c·θ. */
export function times(c: number, theta: ArrayLike<number>): Float64Array {
  return Float64Array.from(theta, (value) => c * value);
}
