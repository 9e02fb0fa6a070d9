import type { ProblemSpec } from '../spec-types.js';

/** A gradient flow, of which the gradients of the scores by the inputs are kept. */
export interface SaliencyExperiment {
  readonly kind: 'saliency';
  readonly problem: ProblemSpec;
  /** The flow goes to α = 10^decades, and on until it is certified where it is going. */
  readonly decades: number;
}
