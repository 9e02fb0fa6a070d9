import type { ProblemRecord } from './problem.js';

/** How fast a flow came to its limit. */
export interface FlowRatesRecord {
  readonly kind: 'flow-rates';
  readonly name: string;
  readonly seed: number;
  /** L. */
  readonly degree: number;
  /** How the run ended, and what is doubted of its limit; no doubts where it is certified. */
  readonly message: string;
  readonly doubts: readonly string[];
  readonly margin: number;
  readonly lambda: number;
  readonly unstable: number;
  /** Powers of ten of α, and the angle to the limit there, radians. */
  readonly alpha: Float64Array;
  readonly angle: Float64Array;
  /**
   * For each of them the factor by which the whole curvature at the limit makes the angle fall until the next;
   * NaN for the last, long before the end, and where it is not known.
   */
  readonly expected: Float64Array;
  /**
   * For the last powers of ten of α to which the flow itself was followed, and not its equation for infinite α, the angle to
   * the limit, radians, as the curvature there predicts it from the first of them. Undefined where that is too far from the
   * limit, or the limit is not stable.
   */
  readonly own?: { readonly alpha: Float64Array; readonly predicted: Float64Array };
}

/** One rule's descent, its rows in columns. */
export interface RuleRates {
  readonly name: string;
  readonly steps: Float64Array;
  readonly alpha: Float64Array;
  /** Angle to the maximum margin, radians. */
  readonly angle: Float64Array;
}

/** How fast a linear model came to its maximum margin, by each rule and by the flow. */
export interface DescentRatesRecord {
  readonly kind: 'descent-rates';
  readonly problem: ProblemRecord;
  readonly message: string;
  readonly margin: number;
  /** The step η of the normalised rules, along ∇α: half of the longest that keeps aligned. */
  readonly step: number;
  /** Steps of η/20 along −∇𝓛, which is long at the start; of η along ∇α; and of η/√t along ∇α in step t. */
  readonly constant: RuleRates;
  readonly normalised: RuleRates;
  readonly shrinking: RuleRates;
  readonly flow: {
    readonly alpha: Float64Array;
    /** log of the time. */
    readonly logTime: Float64Array;
    readonly angle: Float64Array;
  };
}
