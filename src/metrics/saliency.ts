import { evaluator, requireSerial, type Network } from '../networks/index.js';

/**
 * Gradients of the scores by the inputs, ∇ₓ Σₖ Φₖ(x; θ), one row for each of the `inputs` (row by row,
 * `network.inputs` numbers each): what is drawn as a saliency map. For a network of degree L they grow like
 * ‖θ‖^L and their directions depend on θ/‖θ‖ alone. On a kink the slope below it is taken. Throws a
 * sentence for a network that is no chain of layers, or where θ does not fit it.
 */
export function inputGradients(
  network: Network,
  theta: Float64Array,
  inputs: Float64Array,
): Float64Array {
  const { layers, offsets, parameters } = requireSerial(network, 'A saliency map');
  if (theta.length !== parameters) {
    throw new Error(`'${network.name}' has ${parameters} parameters; θ has ${theta.length}.`);
  }
  const engine = evaluator(network, inputs);
  engine.outputs(theta);
  const all = new Float64Array(engine.examples * network.outputs).fill(1);
  engine.pullback(theta, all, new Float64Array(parameters));
  const gradients = new Float64Array(inputs.length);
  const behind = engine.layerGradient(0);
  layers[0].inputGradient(engine.examples, theta, offsets[0], inputs, behind, gradients);
  return gradients;
}
