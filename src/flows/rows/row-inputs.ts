import type { SerialObjective } from '../../losses/objective.js';
import type { Layer } from '../../networks/layer.js';
import type { KinkRow, RowChoice } from './row-choice.js';

/** Inputs of the margin rows, then of the kink rows. */
export function gatherInputs(
  objective: SerialObjective,
  { pairs, kinks }: RowChoice,
): Float64Array {
  const { inputs, network, pairs: perExample } = objective;
  const width = network.inputs;
  const gathered = new Float64Array((pairs.length + kinks.length) * width);
  const copy = (example: number, r: number) => {
    gathered.set(inputs.subarray(example * width, (example + 1) * width), r * width);
  };
  pairs.forEach((pair, r) => {
    copy(Math.floor(pair / perExample), r);
  });
  kinks.forEach(({ example }, k) => {
    copy(example, pairs.length + k);
  });
  return gathered;
}

/** The linear map from each row's scores to its margin, count×outputs (zero for kinks). */
export function seedsOf(
  objective: SerialObjective,
  pairs: readonly number[],
  count: number,
): Float64Array {
  const { network, labels, classes, pairs: perExample } = objective;
  const { outputs } = network;
  const seeds = new Float64Array(count * outputs);
  pairs.forEach((pair, r) => {
    const label = labels[Math.floor(pair / perExample)];
    if (classes === 2) {
      seeds[r] = label;
      return;
    }
    // The other classes in increasing order, as in `marginMap`.
    const place = pair % perExample;
    const other = place < label ? place : place + 1;
    seeds[r * outputs + label] = 1;
    seeds[r * outputs + other] = -1;
  });
  return seeds;
}

/** Writes the gradients of rows that are constant: those of the margins and preactivations themselves. */
export function seedGradients(
  gradients: readonly Float64Array[],
  seeds: Float64Array,
  margins: number,
  kinks: readonly KinkRow[],
  layers: readonly Layer[],
): void {
  gradients[layers.length - 1].set(seeds);
  // The gradient of a preactivation with respect to its layer's output is a unit vector.
  kinks.forEach(({ layer, place }, k) => {
    gradients[layer][(margins + k) * layers[layer].outputs + place] = 1;
  });
}
