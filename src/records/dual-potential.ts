/** What a linear model's flow is held against: mirror descent of the dual variables towards the maximum margin. */
export interface DualDescent {
  /** γ: the maximum margin of the data, by quadratic programming. */
  readonly margin: number;
  /** KL(q*‖q₀) of the maximum margin's multipliers from the dual variables of the start, nats. */
  readonly divergence: number;
  /** An upper bound on the time s of dw/ds = ∇α for each row, from dα/ds = 2𝒥. */
  readonly clock: Float64Array;
}

/** The dual potential along a flow with the exponential loss; one number for each row. */
export interface DualPotentialRecord {
  readonly kind: 'dual-potential';
  readonly name: string;
  readonly seed: number;
  /** L. */
  readonly degree: number;
  readonly examples: number;
  readonly message: string;
  readonly alpha: Float64Array;
  /** 𝒥 = ½‖∇α‖²/‖θ‖^{2(L−1)}. */
  readonly potential: Float64Array;
  /** γ̃ = α/‖θ‖^L. */
  readonly smoothedMargin: Float64Array;
  /** H(q), nats. */
  readonly entropy: Float64Array;
  /** cos(θ, −∇𝓛). */
  readonly cosine: Float64Array;
  /** For a linear model. */
  readonly descent?: DualDescent;
}
