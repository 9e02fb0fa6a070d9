import type { DenseNode } from '../nodes.js';
import {
  addBias,
  multiply,
  partOf,
  sumChannels,
  type Operation,
  type Wiring,
} from './operation.js';

/** y = W x (+ b) with one column for each image. */
export function denseOperation({ weights, bias }: DenseNode, { x, y, gx, gy }: Wiring): Operation {
  const { rows: units, columns: inputs, offset } = weights;
  const { examples, channel } = y.layout;
  const weightsOf = partOf(offset, units * inputs);
  const gradientOf = partOf(offset, units * inputs);
  return {
    forward(theta) {
      const w = weightsOf(theta);
      // prettier-ignore
      multiply(
        false, false, units, examples, inputs, w, inputs, x.data, channel, 0, y.data, channel,
      );
      if (bias) addBias(y, theta, bias.offset, 0, examples);
    },
    backward(theta, into) {
      const sums = gradientOf(into);
      // prettier-ignore
      multiply(
        false, true, units, inputs, examples, gy.data, channel, x.data, channel, 0, sums, inputs,
      );
      if (bias) sumChannels(gy, into, bias.offset);
      if (gx === undefined) return;
      const w = weightsOf(theta);
      const back = gx.tensor.data;
      const beta = gx.add ? 1 : 0;
      // prettier-ignore
      multiply(
        true, false, inputs, examples, units, w, inputs, gy.data, channel, beta, back, channel,
      );
    },
  };
}
