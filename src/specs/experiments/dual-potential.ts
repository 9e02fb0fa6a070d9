import type { ProblemSpec } from '../spec-types.js';

/** Gradient flow, with the dual potential along it. */
export interface DualPotentialExperiment {
  readonly kind: 'dual-potential';
  readonly problem: ProblemSpec;
  /** The run ends at α = 10^decades. */
  readonly decades: number;
}
