import { curvatureOf } from './curvature.js';
import type { Evaluator } from './evaluator-interface.js';
import { imageEvaluator } from './engine-evaluator.js';
import { isImageNetwork } from './image/image-network.js';
import { requireSerial, type Network } from './serial.js';
import { backward, forward, inputOf, tapeFor, type Tape } from './tape.js';

/**
 * Binds a network to `examples` row-major inputs of `network.inputs` numbers each; scores are
 * examples×outputs, row-major. An image network's layers are its nodes; it has no curvature and no layer
 * gradients, and its batch norms use the statistics of all the inputs together. Throws where the inputs are
 * no whole number of examples.
 */
export function evaluator(network: Network, inputs: Float64Array): Evaluator {
  if (isImageNetwork(network)) return imageEvaluator(network, inputs);
  const tape = tapeFor(requireSerial(network, 'This evaluator'), inputs);
  return {
    network,
    examples: tape.examples,
    outputs: (theta) => forward(tape, theta),
    pullback(theta, weights, into) {
      into.fill(0);
      pullback(tape, theta, weights, into);
    },
    differentiate(theta, weightsOf, into) {
      const weights = weightsOf(forward(tape, theta));
      into.fill(0);
      pullback(tape, theta, weights, into);
    },
    jacobian: jacobianOf(tape),
    ...curvatureOf(tape),
    layerOutput: (k) => tape.values[k],
    layerGradient: (k) => tape.gradients[k],
  };
}

/**
 * into += Σ weights ∇Φ, layer by layer from the last: each takes its parameter gradient while its
 * numbers are still in the processor's cache.
 */
function pullback(tape: Tape, theta: Float64Array, weights: Float64Array, into: Float64Array) {
  const { network, examples, gradients } = tape;
  const { layers, offsets } = network;
  gradients[layers.length - 1].set(weights);
  for (let k = layers.length - 1; k >= 0; k--) {
    const x = inputOf(tape, k);
    layers[k].parameterGradient(0, examples, x, gradients[k], into, offsets[k]);
    if (k > 0)
      layers[k].inputGradient(examples, theta, offsets[k], x, gradients[k], gradients[k - 1]);
  }
}

/** into[at…] += parameter gradient of the examples first ≤ i < last, after `backward`. */
function addParameterGradient(
  tape: Tape,
  first: number,
  last: number,
  into: Float64Array,
  at: number,
): void {
  const { layers, offsets } = tape.network;
  for (let k = 0; k < layers.length; k++) {
    const x = inputOf(tape, k);
    layers[k].parameterGradient(first, last, x, tape.gradients[k], into, at + offsets[k]);
  }
}

function jacobianOf(tape: Tape): Evaluator['jacobian'] {
  const { network, examples } = tape;
  const { outputs, parameters } = network;
  const unit = new Float64Array(examples * outputs);
  return (theta, into) => {
    into.fill(0);
    for (let output = 0; output < outputs; output++) {
      unit.fill(0);
      for (let i = 0; i < examples; i++) unit[i * outputs + output] = 1;
      backward(tape, theta, unit);
      for (let i = 0; i < examples; i++) {
        addParameterGradient(tape, i, i + 1, into, (i * outputs + output) * parameters);
      }
    }
  };
}
