import { arraysTogether } from '../numerics/simd.js';
import type { SerialNetwork } from './serial.js';

/** A batch of inputs on its way through a network: what every layer gave, and what came back. */
export interface Tape {
  readonly network: SerialNetwork;
  readonly inputs: Float64Array;
  readonly examples: number;
  /** Output of every layer, examples×units. */
  readonly values: readonly Float64Array[];
  /** Gradient of Σ weights·Φ with respect to the output of every layer. */
  readonly gradients: readonly Float64Array[];
}

/** Working memory for a batch; throws where the inputs are no whole number of rows. */
export function tapeFor(network: SerialNetwork, inputs: Float64Array): Tape {
  const examples = inputs.length / network.inputs;
  if (!Number.isInteger(examples) || examples === 0) {
    throw new Error(
      `The network '${network.name}' takes rows of ${network.inputs} numbers; ` +
        `got ${inputs.length} numbers, which is not a whole number of rows.`,
    );
  }
  const lengths = network.layers.map((layer) => examples * layer.outputs);
  const buffers = arraysTogether([...lengths, ...lengths]);
  return {
    network,
    inputs,
    examples,
    values: buffers.slice(0, network.layers.length),
    gradients: buffers.slice(network.layers.length),
  };
}

/** One examples×units buffer for each layer. */
export function layerBuffers(network: SerialNetwork, examples: number): Float64Array[] {
  return network.layers.map((layer) => new Float64Array(examples * layer.outputs));
}

/** What layer k was given. */
export function inputOf(tape: Tape, k: number): Float64Array {
  return k === 0 ? tape.inputs : tape.values[k - 1];
}

/** Fills `values`; returns the last. */
export function forward(tape: Tape, theta: Float64Array): Float64Array {
  const { layers, offsets } = tape.network;
  for (let k = 0; k < layers.length; k++) {
    layers[k].forward(tape.examples, theta, offsets[k], inputOf(tape, k), tape.values[k]);
  }
  return tape.values[layers.length - 1];
}

/** Fills `gradients` for Σ weights·Φ, after `forward` at the same θ. */
export function backward(tape: Tape, theta: Float64Array, weights: Float64Array): void {
  const { layers, offsets } = tape.network;
  const { values, gradients, examples } = tape;
  gradients[layers.length - 1].set(weights);
  for (let k = layers.length - 1; k > 0; k--) {
    const gx = gradients[k - 1];
    layers[k].inputGradient(examples, theta, offsets[k], values[k - 1], gradients[k], gx);
  }
}
