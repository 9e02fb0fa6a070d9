import type { ProblemSpec } from '../spec-types.js';

/** Gradient flow of a linear network of dense layers, and what its layers do. */
export interface DeepLinearExperiment {
  readonly kind: 'deep-linear';
  readonly problem: ProblemSpec;
  /** The run ends at α = 10^decades. */
  readonly decades: number;
}
