import { multiplyDegree, notHomogeneous } from './degree.js';
import type { Layer } from './layer.js';
import type { HomogeneousPointwise, Pointwise } from './pointwise.js';
import { requirePointwise } from './pointwise-checks.js';
import { loopsOf, reluLoops, squaredReluLoops } from './pointwise-loops.js';

/** σ(z) = z, called `linear`: degree 1, smooth. */
export const identity: HomogeneousPointwise = {
  name: 'linear',
  power: 1,
  smooth: true,
  value: (z) => z,
  slope: () => 1,
  curvature: () => 0,
};

/** max(z, 0); the slope at 0 is 0, one element of the Clarke subdifferential [0, 1]. */
export const relu: HomogeneousPointwise = {
  name: 'relu',
  power: 1,
  smooth: false,
  slopes: [0, 1],
  value: (z) => (z > 0 ? z : 0),
  slope: (z) => (z > 0 ? 1 : 0),
  curvature: () => 0,
  loops: reluLoops,
};

/** max(z, 0)²: homogeneous of order 2 with a continuous, piecewise linear slope. */
export const squaredRelu: HomogeneousPointwise = {
  name: 'squared-relu',
  power: 2,
  smooth: true,
  value: (z) => (z > 0 ? z * z : 0),
  slope: (z) => (z > 0 ? 2 * z : 0),
  curvature: (z) => (z > 0 ? 2 : 0),
  loops: squaredReluLoops,
};

/**
 * z for z > 0 and leak·z elsewhere: degree 1, with a kink at 0 unless the leak is 1. Throws for a leak
 * outside [0, 1].
 */
export function leakyRelu(leak = 0.01): HomogeneousPointwise {
  if (!(leak >= 0 && leak <= 1)) throw new Error(`A leak lies between 0 and 1; got ${leak}.`);
  return {
    name: `leaky-relu(${leak})`,
    power: 1,
    smooth: leak === 1,
    slopes: leak === 1 ? undefined : [leak, 1],
    value: (z) => (z > 0 ? z : leak * z),
    slope: (z) => (z > 0 ? 1 : leak),
    curvature: () => 0,
  };
}

/**
 * ReLU whose kink is a ramp of the given width: the slope is clip(z/width + ½, 0, 1). A gradient
 * flow of a ReLU network slides along kinks; inside the ramp the slope takes the value of the Clarke
 * multiplier, so an integrator follows the sliding without events. The width lives in the
 * *normalised* parameters: evaluate such a network only on the unit sphere (θ/‖θ‖), where
 * ‖θ‖^L·p(θ/‖θ‖) is again exactly L-homogeneous, and differentiable.
 */
export function rampedRelu(width: number): HomogeneousPointwise {
  if (!(width > 0)) throw new Error(`The width of a ramp is positive; got ${width}.`);
  const half = width / 2;
  return {
    name: `ramped-relu(${width})`,
    power: 1,
    smooth: true,
    steep: true,
    value: (z) => (z >= half ? z : z <= -half ? 0 : (z + half) ** 2 / (2 * width)),
    slope: (z) => (z >= half ? 1 : z <= -half ? 0 : z / width + 0.5),
    curvature: (z) => (z < half && z > -half ? 1 / width : 0),
  };
}

/**
 * The layer that applies a pointwise function to each of `size` coordinates; it has no parameters and
 * multiplies the degree by the function's power. Throws a sentence where the function is not what it says:
 * of another power, or with a kink at 0 that its `slopes` do not tell.
 */
export function activation(size: number, pointwise: Pointwise): Layer {
  requirePointwise(pointwise);
  const { power } = pointwise;
  const loops = pointwise.loops ?? loopsOf(pointwise.value, pointwise.slope);
  return {
    kind: pointwise.name,
    inputs: size,
    outputs: size,
    parameters: 0,
    blocks: [],
    slopes: pointwise.slopes,
    steep: pointwise.steep,
    degree(input) {
      if (power !== undefined || !input.homogeneous) return multiplyDegree(input, power ?? 1);
      return notHomogeneous(`no power of the input scales the activation '${pointwise.name}'`);
    },
    forward(batch, _theta, _at, x, y) {
      loops.values(batch * size, x, y);
    },
    inputGradient(batch, _theta, _at, x, gy, gx) {
      loops.slopesTimes(batch * size, x, gy, gx);
    },
    parameterGradient() {
      // Nothing is trained here.
    },
    parameterProduct() {
      // As above.
    },
    tangentKernel() {
      // As above.
    },
    tangentKernelChange() {
      // As above.
    },
    forwardTangent(batch, _theta, _dTheta, _at, x, dx, dy) {
      loops.slopesTimes(batch * size, x, dx, dy);
    },
    inputGradientTangent(batch, _theta, _dTheta, _at, x, dx, gy, dgy, dgx) {
      for (let i = 0, n = batch * size; i < n; i++) {
        dgx[i] = dgy[i] * pointwise.slope(x[i]) + gy[i] * pointwise.curvature(x[i]) * dx[i];
      }
    },
    parameterGradientTangent() {
      // Nothing is trained here.
    },
  };
}
