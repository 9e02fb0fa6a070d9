import type { Loss, LossName } from '../losses/index.js';
import {
  buildProblem,
  planarSpec,
  type BuiltProblem,
  type KnownActivation,
  type ProblemSpec,
} from '../specs/index.js';
import { nodeReaders } from '../specs/node/readers.js';

/** A training problem for the flow, with what its record says of where it comes from. */
export interface FlowProblem extends BuiltProblem {
  /** Of the hidden units; 'linear' for a network without. */
  readonly activation: string;
  /** Of the initialisation; NaN where the start was given. */
  readonly seed: number;
}

/**
 * The problem that a description stands for; `loss` takes the place of its loss, for one that has no name. Files are
 * read from the current folder. Throws one sentence where the description makes no sense or a file is missing.
 */
export function flowProblem(spec: ProblemSpec, loss?: Loss): FlowProblem {
  const { network, start } = spec;
  return {
    ...buildProblem(spec, { readers: nodeReaders(), ...(loss ? { loss } : {}) }),
    activation: 'activation' in network ? network.activation : 'linear',
    seed: 'seed' in start ? (start.seed ?? 1) : NaN,
  };
}

/** Points of [−1, 1]², labelled by a teacher, with a constant third input, and a two-layer network: see `planarSpec`. */
export function planarProblem(
  activation: KnownActivation,
  seed: number,
  loss: LossName = 'exponential',
): FlowProblem {
  return flowProblem(planarSpec(activation, seed, loss));
}
