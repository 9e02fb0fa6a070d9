/** What `Objective.evaluate` leaves at one point: views on buffers that the next call overwrites. */
export interface RiskEvaluation {
  /** Unscaled margins p(w), one per pair. */
  readonly margins: Float64Array;
  /** Dual variables q = ∂α/∂(scaled margins). */
  readonly q: Float64Array;
  /** Σ q ∇p(w). */
  readonly gradient: Float64Array;
  /** α of the scaled margins. */
  readonly alpha: number;
}
