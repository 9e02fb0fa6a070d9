import { backward, inputOf, layerBuffers, type Tape } from './tape.js';

/** Buffers for one derivative along a parameter direction. */
interface Tangents {
  readonly direction: Float64Array;
  readonly inputs: Float64Array;
  readonly values: readonly Float64Array[];
  readonly gradients: readonly Float64Array[];
}

/** A function that writes Σ weights ∇²Φ of a tape at θ, column by column: forward over reverse. */
export function curvatureOf(
  tape: Tape,
): (theta: Float64Array, weights: Float64Array, into: Float64Array) => void {
  const { network, examples } = tape;
  const { parameters } = network;
  let tangents: Tangents | undefined;
  return (theta, weights, into) => {
    tangents ??= {
      direction: new Float64Array(parameters),
      inputs: new Float64Array(tape.inputs.length),
      values: layerBuffers(network, examples),
      gradients: layerBuffers(network, examples),
    };
    backward(tape, theta, weights);
    into.fill(0);
    for (let j = 0; j < parameters; j++) {
      tangents.direction[j] = 1;
      addColumn(tape, tangents, theta, into, j * parameters);
      tangents.direction[j] = 0;
    }
  };
}

/** into[at…] += derivative of the pullback along `tangents.direction`. */
function addColumn(
  tape: Tape,
  tangents: Tangents,
  theta: Float64Array,
  into: Float64Array,
  at: number,
): void {
  const { network, examples, values, gradients } = tape;
  const { layers, offsets } = network;
  const { direction } = tangents;
  const last = layers.length - 1;
  const tangentOf = (k: number) => (k === 0 ? tangents.inputs : tangents.values[k - 1]);
  // prettier-ignore
  for (let k = 0; k <= last; k++) {
    layers[k].forwardTangent(
      examples, theta, direction, offsets[k], inputOf(tape, k), tangentOf(k), tangents.values[k],
    );
  }
  tangents.gradients[last].fill(0);
  // prettier-ignore
  for (let k = last; k > 0; k--) {
    layers[k].inputGradientTangent(
      examples, theta, direction, offsets[k], values[k - 1], tangents.values[k - 1],
      gradients[k], tangents.gradients[k], tangents.gradients[k - 1],
    );
  }
  // prettier-ignore
  for (let k = 0; k <= last; k++) {
    layers[k].parameterGradientTangent(
      examples, inputOf(tape, k), tangentOf(k), gradients[k], tangents.gradients[k],
      into, at + offsets[k],
    );
  }
}
