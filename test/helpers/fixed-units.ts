import { expect } from 'chai';
import { followFlow, type FlowPoint, type FlowResult } from '../../src/flows/index.js';
import { exponentialLoss, objective, type Objective } from '../../src/losses/index.js';
import { relu, twoLayer, type Pointwise } from '../../src/networks/index.js';
import { angleBetween } from '../../src/numerics/vectors.js';

/** Units with the given output weights, fixed, on examples of the plane: p = y Σ aⱼ σ(wⱼ·x). */
export function fixedUnits(
  outputs: readonly number[],
  examples: readonly (readonly [number, number, 1 | -1])[],
  pointwise: Pointwise = relu,
): Objective {
  const network = twoLayer(2, outputs.length, pointwise, {
    fixedOutput: Float64Array.from(outputs),
  });
  const inputs = Float64Array.from(examples.flatMap(([a, b]) => [a, b]));
  const labels = Float64Array.from(examples, ([, , label]) => label);
  return objective(network, inputs, labels, exponentialLoss);
}

/** A run from a start to its last target, which it is to reach. */
export function run(
  at: Objective,
  start: readonly number[],
  targets: readonly number[],
): FlowResult {
  const options = { tolerance: 1e-10, targets, maxSteps: 3000 };
  const result = followFlow(at, Float64Array.from(start), options);
  expect(result.status, result.message).to.equal('finished');
  return result;
}

/** Expects a point to be where the weights are. */
export function expectWeights(point: FlowPoint, weights: readonly number[], within = 1e-8): void {
  const theta = Float64Array.from(weights);
  expect(angleBetween(point.direction, theta)).to.be.below(within);
  expect(point.logNorm).to.be.closeTo(Math.log(Math.hypot(...weights)), within);
}

/** The kinks that slide at a point: example, unit and slope. */
export const slopesAt = (point: FlowPoint): [number, number, number][] =>
  (point.kinks ?? []).map(({ example, unit, slope }) => [example, unit, slope]);
