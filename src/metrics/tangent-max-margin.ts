import { evaluator, requireSerial, type SerialNetwork, type Network } from '../networks/index.js';
import { maxMargin, type MaxMargin } from './max-margin.js';

/** Which parameters the linearised network trains. */
export type TangentTrained = 'all' | 'hidden';

/** The largest margin in the tangent kernel, and what proves it. */
export interface TangentMaxMargin extends MaxMargin {
  /**
   * The unit vector v in the space of parameters whose predictor x ↦ ∇θ Φ(x; θ)·v has the margin; zero where
   * parameters are frozen, and altogether where no v classifies every example. `weights` is the same vector.
   */
  readonly direction: Float64Array;
}

/**
 * The maximum margin of a network with frozen activations: linear in v, with the features ∇θ Φ(xᵢ; θ), so that
 * its kernel is the network's tangent kernel at θ. Φ(x; θ) itself is not added: this is where training goes
 * that stays in the kernel regime for ever, whatever its start. `trained: 'hidden'` leaves out the last layer; the default is all.
 * For one score, n inputs row by row and labels ±1; n×parameters numbers are stored, and where parameters
 * outnumber examples an n×n problem with the same inner products is solved (`maxMargin`, l2). Throws a sentence
 * where sizes do not agree, the network has several scores, or nothing is trained.
 */
export function tangentMaxMargin(
  network: Network,
  theta: Float64Array,
  inputs: Float64Array,
  labels: Float64Array,
  { trained = 'all' }: { readonly trained?: TangentTrained } = {},
): TangentMaxMargin {
  if (network.outputs !== 1) {
    throw new Error(
      `tangentMaxMargin: expected a network with one score, '${network.name}' has ${network.outputs}.`,
    );
  }
  requireParameters('tangentMaxMargin', network, theta);
  const { parameters } = network;
  const engine = evaluator(network, inputs);
  const features = new Float64Array(engine.examples * parameters);
  engine.outputs(theta);
  engine.jacobian(theta, features);
  const kept = trained === 'all' ? parameters : parametersBeforeLast(network);
  if (kept === 0) {
    throw new Error(
      `tangentMaxMargin: '${network.name}' has no trained weights before its last layer.`,
    );
  }
  const used = new Float64Array(engine.examples * kept);
  for (let i = 0; i < engine.examples; i++) {
    used.set(features.subarray(i * parameters, i * parameters + kept), i * kept);
  }
  const { weights, ...proof } = maxMargin(used, labels, { norm: 'l2' });
  const direction = new Float64Array(parameters);
  direction.set(weights);
  return { ...proof, weights: direction, direction };
}

/** The last layer's parameters come last. */
function parametersBeforeLast(network: Network): number {
  const { offsets } = requireSerial(network, 'tangentMaxMargin with hidden layers trained');
  return offsets[offsets.length - 1];
}

/**
 * ∇θ Φ(x; θ)·v for each of the inputs: what the network linearised at θ computes with weights v, without its
 * value Φ(x; θ). examples×outputs numbers. Throws a sentence where sizes do not agree.
 */
export function tangentScores(
  network: SerialNetwork,
  theta: Float64Array,
  direction: Float64Array,
  inputs: Float64Array,
): Float64Array {
  requireParameters('tangentScores', network, theta);
  requireParameters('tangentScores', network, direction);
  const { layers, offsets } = network;
  const batch = inputs.length / network.inputs;
  if (!Number.isInteger(batch)) {
    throw new Error(
      `tangentScores: expected ${network.inputs} numbers for each example, found ${inputs.length} in all.`,
    );
  }
  let x = inputs;
  let dx = new Float64Array(inputs.length);
  layers.forEach((layer, k) => {
    const y = new Float64Array(batch * layer.outputs);
    const dy = new Float64Array(batch * layer.outputs);
    layer.forward(batch, theta, offsets[k], x, y);
    layer.forwardTangent(batch, theta, direction, offsets[k], x, dx, dy);
    [x, dx] = [y, dy];
  });
  return dx;
}

function requireParameters(who: string, { name, parameters }: Network, theta: Float64Array): void {
  if (theta.length === parameters) return;
  throw new Error(
    `${who}: expected the ${parameters} parameters of '${name}', found ${theta.length} numbers.`,
  );
}
