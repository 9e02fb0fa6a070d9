import type { ProblemSpec } from '../spec-types.js';

/** A loss by its tail; see `exponentialLoss`, `logisticLoss`, `stretchedLoss`, `polynomialLoss`, `squaredHinge`. */
export type TailSpec =
  | { readonly kind: 'exponential' | 'logistic' | 'squared-hinge' }
  | { readonly kind: 'stretched'; readonly exponent: number }
  | { readonly kind: 'polynomial'; readonly power: number };

/** A linear model followed under several losses, each to where its tail leads. */
export interface LossLimitsExperiment {
  readonly kind: 'loss-limits';
  /** Of a linear network; its own loss is not used. */
  readonly problem: ProblemSpec;
  readonly tails: readonly TailSpec[];
  /** Flows end at α = 10^decades; on stretched tails at an α with 𝓛 = e^(−1000), where that is sooner. */
  readonly decades: number;
}
