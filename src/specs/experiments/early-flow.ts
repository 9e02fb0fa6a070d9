import type { ProblemSpec } from '../spec-types.js';

/** The beginning of a gradient flow, from its start until its outputs, or α, have come so far. */
export interface EarlyFlowExperiment {
  readonly kind: 'early-flow';
  readonly problem: ProblemSpec;
  /** The run ends where the largest |Φ(x; θ)| over the training inputs reaches this; by default it need not. */
  readonly output?: number;
  /** It ends at this α in any case. */
  readonly goal: number;
}
