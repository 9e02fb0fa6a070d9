import type { SerialObjective } from '../../losses/objective.js';

/**
 * Margins s_y − s_j that are differences of scores s = W x of the inputs themselves: those of one example share
 * its input, and a row of theirs is (1_y − 1_j) xᵀ wherever W is.
 */
export interface LinearScores {
  /** The inputs of all examples, one row of `width` numbers each. */
  readonly inputs: Float64Array;
  readonly width: number;
  readonly classes: number;
  /** Of each margin: its example, y and j. */
  readonly examples: Int32Array;
  readonly labels: Int32Array;
  readonly others: Int32Array;
}

/** Whether an objective's margins are such differences, and several belong to each example. */
export function hasLinearScores({ network, pairs }: SerialObjective): boolean {
  const { layers, inputs, outputs, parameters } = network;
  const isProduct = layers.length === 1 && layers[0].affine === true;
  return pairs > 1 && isProduct && parameters === inputs * outputs;
}

/** Those of the chosen margins of an objective that has them. */
export function linearScores(objective: SerialObjective, pairs: readonly number[]): LinearScores {
  const { inputs, classes, labels, pairs: perExample } = objective;
  const examples = Int32Array.from(pairs, (pair) => Math.floor(pair / perExample));
  return {
    inputs,
    width: objective.network.inputs,
    classes,
    examples,
    labels: Int32Array.from(examples, (example) => labels[example]),
    // The other classes in increasing order, as in `marginMap`.
    others: Int32Array.from(pairs, (pair, r) => {
      const place = pair % perExample;
      return place < labels[examples[r]] ? place : place + 1;
    }),
  };
}
