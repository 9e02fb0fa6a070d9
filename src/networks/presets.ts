import { activation } from './activations.js';
import { dense } from './dense.js';
import { serial, type SerialNetwork } from './serial.js';
import type { Pointwise } from './pointwise.js';

/** Biases and outputs of a two-layer network, and which of its layers is held fixed. */
export interface TwoLayerOptions {
  readonly bias?: boolean;
  /** Number of outputs (classes); 1 for a binary score. */
  readonly outputs?: number;
  /** Output weights (outputs×width) held fixed while the hidden layer trains. */
  readonly fixedOutput?: Float64Array;
  /** Hidden weights (width×inputs) held fixed while the output layer trains: a linear model. */
  readonly fixedHidden?: Float64Array;
}

/**
 * Φ(x) = Σⱼ aⱼ σ(wⱼ·x), of `inputs` numbers: degree 2 with ReLU and 3 with squared ReLU when both layers
 * train; with fixed output weights the degree is the power of σ, with fixed hidden ones 1. Parameters: the
 * rows wⱼ (width×inputs), then a (outputs×width), each layer followed by its biases if it has them. Throws
 * where a size is not a whole positive number, fixed weights have another size, or `pointwise` is not what
 * it says.
 */
export function twoLayer(
  inputs: number,
  width: number,
  pointwise: Pointwise,
  options: TwoLayerOptions = {},
): SerialNetwork {
  const { bias = false, outputs = 1, fixedOutput, fixedHidden } = options;
  return serial(`two-layer ${pointwise.name}, width ${width}`, [
    dense(inputs, width, { name: 'hidden', bias, fixedWeights: fixedHidden }),
    activation(width, pointwise),
    dense(width, outputs, { name: 'output', bias, fixedWeights: fixedOutput }),
  ]);
}

/**
 * Dense layers with a pointwise function between them; `widths` are the sizes from the input to the scores,
 * so L + 1 of them make L layers. Without biases ReLU gives degree L, and squared ReLU 2^L − 1; with biases
 * there is a degree for L = 1 only. Throws for fewer than two widths, or one that is not a whole positive
 * number.
 */
export function deep(
  widths: readonly number[],
  pointwise: Pointwise,
  options: { readonly bias?: boolean } = {},
): SerialNetwork {
  if (widths.length < 2) {
    throw new Error(
      `A network needs at least an input and an output size; got [${widths.join()}].`,
    );
  }
  const layers = [];
  for (let k = 1; k < widths.length; k++) {
    layers.push(dense(widths[k - 1], widths[k], { name: `layer ${k}`, bias: options.bias }));
    if (k < widths.length - 1) layers.push(activation(widths[k], pointwise));
  }
  return serial(`${widths.length - 1}-layer ${pointwise.name} ${widths.join('–')}`, layers);
}

/**
 * x ↦ W_L ⋯ W_1 x, from `widths` of L + 1 sizes, input first: degree L. Parameters: W_1, …, W_L, each
 * outputs×inputs, row-major. Throws as `deep` does.
 */
export function deepLinear(widths: readonly number[]): SerialNetwork {
  if (widths.length < 2) {
    throw new Error(
      `A network needs at least an input and an output size; got [${widths.join()}].`,
    );
  }
  const layers = [];
  for (let k = 1; k < widths.length; k++) {
    layers.push(dense(widths[k - 1], widths[k], { name: `layer ${k}` }));
  }
  return serial(`${widths.length - 1}-layer linear ${widths.join('–')}`, layers);
}

/**
 * x ↦ W x with W of outputs×inputs numbers, w·x for one output: degree 1. Throws where a size is not a
 * whole positive number.
 */
export function linearModel(inputs: number, outputs = 1): SerialNetwork {
  return serial(`linear ${inputs}–${outputs}`, [dense(inputs, outputs, { name: 'weights' })]);
}
