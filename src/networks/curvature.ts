import type { Evaluator } from './evaluator-interface.js';
import { backward, inputOf, layerBuffers, type Tape } from './tape.js';

/** Buffers for one derivative along a parameter direction. */
interface Tangents {
  readonly direction: Float64Array;
  readonly inputs: Float64Array;
  readonly values: readonly Float64Array[];
  readonly gradients: readonly Float64Array[];
}

/** Functions that write Σ weights ∇²Φ of a tape at θ times directions: forward over reverse. */
export function curvatureOf(tape: Tape): Pick<Evaluator, 'curvature' | 'curvatureAlong'> {
  const { network, examples } = tape;
  const { parameters } = network;
  let made: Tangents | undefined;
  const tangentsOf = () =>
    (made ??= {
      direction: new Float64Array(parameters),
      inputs: new Float64Array(tape.inputs.length),
      values: layerBuffers(network, examples),
      gradients: layerBuffers(network, examples),
    });
  return {
    curvature(theta, weights, into) {
      const tangents = tangentsOf();
      backward(tape, theta, weights);
      into.fill(0);
      tangents.direction.fill(0);
      for (let j = 0; j < parameters; j++) {
        tangents.direction[j] = 1;
        addColumn(tape, tangents, theta, into, j * parameters);
        tangents.direction[j] = 0;
      }
    },
    curvatureAlong(theta, weights, directions, into) {
      const tangents = tangentsOf();
      backward(tape, theta, weights);
      into.fill(0);
      for (let at = 0; at < directions.length; at += parameters) {
        tangents.direction.set(directions.subarray(at, at + parameters));
        addColumn(tape, tangents, theta, into, at);
      }
    },
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
