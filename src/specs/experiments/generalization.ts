import type { ProblemSpec } from '../spec-types.js';

/** A gradient flow of two layers, with what margin bounds say of its test error, and the test error itself. */
export interface GeneralizationExperiment {
  readonly kind: 'generalization';
  /** Needs held-out data. */
  readonly problem: ProblemSpec;
  /** The run ends at α = 10^decades. */
  readonly decades: number;
}
