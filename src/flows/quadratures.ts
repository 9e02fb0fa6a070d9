/** Quantities that are integrated beside the state: they enter no other equation. */
export interface Quadratures {
  /** τ with dτ = ρ^{L−2} |ℓ′(α)| dt. */
  readonly clock: number;
  /** Length swept by θ/‖θ‖, radians. */
  readonly pathLength: number;
  /** u = log(dt/dτ) − log(t + t₀), see `directionSystem`. */
  readonly time: number;
}
