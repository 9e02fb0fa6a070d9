import type { ProblemSpec } from '../spec-types.js';

/** How fast a flow comes to its limit, to far beyond where margins can be told apart. */
export interface FlowRatesExperiment {
  readonly kind: 'flow-rates';
  readonly problem: ProblemSpec;
  /** The run itself goes to α = 10^decades … */
  readonly decades: number;
  /** … and its equation for infinite α on to 10^beyond. */
  readonly beyond: number;
}

/** How fast the steps of several rules bring a linear model to its maximum margin. */
export interface DescentRatesExperiment {
  readonly kind: 'descent-rates';
  /** Of a linear network. */
  readonly problem: ProblemSpec;
  /** Steps of each rule. */
  readonly steps: number;
  /** The flow goes to α = 10^decades. */
  readonly decades: number;
}
