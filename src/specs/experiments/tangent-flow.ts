import type { ProblemSpec } from '../spec-types.js';

/** A gradient flow, held against what the network's tangent kernel at the start would predict. */
export interface TangentFlowExperiment {
  readonly kind: 'tangent-flow';
  readonly problem: ProblemSpec;
  /** The run ends at α = 10^decades. */
  readonly decades: number;
}
