/** Whether margins change by the chain rule along a flow that slides on kinks. */
export interface ChainRuleRecord {
  readonly kind: 'chain-rule';
  /** How the run ended, in a sentence. */
  readonly message: string;
  readonly name: string;
  readonly alpha: Float64Array;
  /** Examples that lie on kinks, at each row. */
  readonly examples: Float64Array;
  /** 1 where the row before or after has other kinks, so that one is entered or left about here; else 0. */
  readonly changing: Float64Array;
  /**
   * The largest |⟨v − v₀, θ′⟩|/(‖v − v₀‖‖θ′‖) over elements v, v₀ of the Clarke subdifferential of one margin, at each
   * row; NaN where no example lies on a kink.
   */
  readonly spread: Float64Array;
  /** The same with the gradient of slope 0 on every kink in place of the velocity. */
  readonly oneSided: Float64Array;
  /**
   * Between this row and the one before, over examples that lie on kinks at both: the largest difference of the growth
   * of log p from the integral of ⟨v, θ′⟩/p, as a share of the growth of log ‖θ‖; NaN where there are none.
   */
  readonly mismatch: Float64Array;
}
