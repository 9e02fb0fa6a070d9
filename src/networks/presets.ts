import { activation, type Pointwise } from './activations.js';
import { dense } from './dense.js';
import { serial, type SerialNetwork } from './serial.js';

export interface TwoLayerOptions {
  readonly bias?: boolean;
  /** Number of outputs (classes); 1 for a binary score. */
  readonly outputs?: number;
  /** Output weights (outputs×width) held fixed while the hidden layer trains. */
  readonly fixedOutput?: Float64Array;
  /** Hidden weights (width×inputs) held fixed while the output layer trains: a linear model. */
  readonly fixedHidden?: Float64Array;
}

/** Φ(x) = Σⱼ aⱼ σ(wⱼ·x): degree 2 with ReLU and 3 with squared ReLU when both layers train. */
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

/** Dense layers of the given widths with a pointwise function between them. */
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

/** x ↦ W_L ⋯ W_1 x: degree L. */
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

/** x ↦ w·x: degree 1. */
export function linearModel(inputs: number, outputs = 1): SerialNetwork {
  return serial(`linear ${inputs}–${outputs}`, [dense(inputs, outputs, { name: 'weights' })]);
}
