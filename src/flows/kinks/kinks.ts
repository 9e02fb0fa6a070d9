import { requireSerial } from '../../networks/serial.js';
import type { Objective } from '../../losses/objective.js';
import { norm } from '../../numerics/vectors.js';
import { kinkedActivations } from './kinked-activations.js';

/** An example and a unit of the first layer on whose kink it lies: z = w_unit · x = 0. */
export interface KinkPlace {
  readonly example: number;
  readonly unit: number;
}

/** The same with what moves it there and away. */
export interface Kink extends KinkPlace {
  /** ∇z in the flat parameters: x (and 1 for a bias) in the unit's row, zero elsewhere. */
  readonly gradient: Float64Array;
}

const VANISHING = 1e-6;

/**
 * The kinks of the first hidden layer at direction w: pairs with |z| ≤ width/2. Empty where the
 * second layer has neither kinks nor ramps in their place. Kinks of deeper layers are not looked for.
 * Units whose weights are below `VANISHING` of the whole are passed over: they go to zero in the
 * limit, where every example is on their kink and none matters.
 */
export function kinksAt(objective: Objective, w: Float64Array, width: number): Kink[] {
  const { evaluator, examples } = objective;
  const network = requireSerial(objective.network, 'The search for kinks');
  const [first, second] = network.layers;
  const hasKinks = kinkedActivations(network).some(({ index }) => index === 1);
  const hasRamps = second?.steep === true && first.parameters > 0;
  if (network.layers.length < 3 || !(hasKinks || hasRamps)) return [];
  evaluator.outputs(w);
  const preactivations = evaluator.layerOutput(0);
  const kinks: Kink[] = [];
  for (let unit = 0; unit < first.outputs; unit++) {
    const weights = w.subarray(unit * first.inputs, (unit + 1) * first.inputs);
    if (norm(weights) < VANISHING) continue;
    for (let example = 0; example < examples; example++) {
      if (Math.abs(preactivations[example * first.outputs + unit]) > width / 2) continue;
      const gradient = preactivationGradient(objective, example, unit);
      kinks.push({ example, unit, gradient });
    }
  }
  return kinks;
}

/**
 * ∇z of a unit of the first layer, a dense one, for an example (both from 0): a new array of all
 * parameters, the same at every direction. Throws where the network is no chain of layers.
 */
export function preactivationGradient(
  { network: whole, inputs }: Objective,
  example: number,
  unit: number,
): Float64Array {
  const network = requireSerial(whole, 'The gradient at a unit');
  const [first] = network.layers;
  const gradient = new Float64Array(network.parameters);
  const row = inputs.subarray(example * first.inputs, (example + 1) * first.inputs);
  gradient.set(row, unit * first.inputs);
  if (first.parameters > first.inputs * first.outputs) {
    gradient[first.inputs * first.outputs + unit] = 1;
  }
  return gradient;
}
