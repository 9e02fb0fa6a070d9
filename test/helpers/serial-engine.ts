import {
  evaluator,
  type BatchEngine,
  type ImageNetwork,
  type SerialNetwork,
} from '../../src/networks/index.js';

/** A chain of layers in place of an image network of the same parameters: small, exact, quick. */
export function serialEngine(
  network: ImageNetwork,
  chain: SerialNetwork,
  examples: number,
): BatchEngine {
  const inputs = new Float64Array(examples * network.inputs);
  const at = evaluator(chain, inputs);
  return {
    name: 'float64 (a chain of layers)',
    network,
    examples,
    load: (images) => inputs.set(images),
    outputs: (theta) => at.outputs(theta),
    pullback: (theta, weights, into) => at.pullback(theta, weights, into),
    differentiate: (theta, weightsOf, into) => at.differentiate(theta, weightsOf, into),
    statistics: () => new Float64Array(0),
    freezeStatistics: () => undefined,
    dispose: () => undefined,
  };
}
