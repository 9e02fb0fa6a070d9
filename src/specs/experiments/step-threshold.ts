import type { ProblemSpec } from '../spec-types.js';

/** Descents whose steps C/α are chosen by the threshold C* of the limit, which is known before they run. */
export interface StepThresholdExperiment {
  readonly kind: 'step-threshold';
  readonly problem: ProblemSpec;
  /** The flow is followed to α = 10^decades, and on until its limit is certified. Descents begin at that α. */
  readonly decades: number;
  /** Each descent has C = factor · C*. */
  readonly factors: readonly number[];
  /** Steps that each of them takes. */
  readonly steps: number;
  /** Descents from the problem's own start as well, if there are to be any. */
  readonly early?: {
    readonly factors: readonly number[];
    /** They end at α = 10^decades. */
    readonly decades: number;
  };
}
