import type { Dataset } from '../../src/datasets/dataset.js';
import { exponentialLoss, objective, type Loss, type Objective } from '../../src/losses/index.js';
import type { KinkPlace } from '../../src/flows/index.js';
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

/**
 * A KKT point with two examples on kinks. Units with output weights +1 and −1 (fixed) see x₁ = (2, 1),
 * labelled +1, and x₂ = (2, −1), labelled −1. In the limit w₁ ∝ (1, 2) lies on the kink of x₂, and w₂ ∝
 * (1, −2) on that of x₁: w₁ = λ(x₁ − s x₂) with s = x₁·x₂/‖x₂‖² = 3/5, and w₂ alike.
 */
export function mirroredKinks(loss: Loss = exponentialLoss): {
  readonly at: Objective;
  readonly theta: Float64Array;
  readonly kinks: readonly KinkPlace[];
  readonly slope: number;
} {
  const network = twoLayer(2, 2, relu, { fixedOutput: Float64Array.of(1, -1) });
  const inputs = Float64Array.of(2, 1, 2, -1);
  return {
    at: objective(network, inputs, Float64Array.of(1, -1), loss),
    theta: Float64Array.of(1, 2, 1, -2),
    kinks: [
      { example: 1, unit: 0 },
      { example: 0, unit: 1 },
    ],
    slope: 3 / 5,
  };
}
