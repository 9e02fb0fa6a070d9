import { activation, identity } from './activations.js';
import type { Layer } from './layer.js';

/**
 * A piecewise linear activation whose slopes are given, one for each example and unit, instead of
 * following from the sign of its input: a piece of the network, extended beyond its boundary. The
 * batch it is called with must have the rows of `slopes`, which may change between calls.
 */
export function gatedActivation(size: number, slopes: Float64Array): Layer {
  const scale = (batch: number, from: Float64Array, into: Float64Array) => {
    for (let i = 0, n = batch * size; i < n; i++) into[i] = slopes[i] * from[i];
  };
  return {
    ...activation(size, identity),
    kind: 'gated',
    forward(batch, _theta, _at, x, y) {
      scale(batch, x, y);
    },
    inputGradient(batch, _theta, _at, _x, gy, gx) {
      scale(batch, gy, gx);
    },
    forwardTangent(batch, _theta, _dTheta, _at, _x, dx, dy) {
      scale(batch, dx, dy);
    },
    inputGradientTangent(batch, _theta, _dTheta, _at, _x, _dx, _gy, dgy, dgx) {
      scale(batch, dgy, dgx);
    },
  };
}
