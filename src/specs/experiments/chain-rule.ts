import type { ProblemSpec } from '../spec-types.js';

/** A flow that slides along kinks, and whether margins change along it by the chain rule. */
export interface ChainRuleExperiment {
  readonly kind: 'chain-rule';
  readonly problem: ProblemSpec;
  /** The run ends at α = 10^decades. */
  readonly decades: number;
}
