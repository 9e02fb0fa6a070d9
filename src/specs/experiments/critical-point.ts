/** One term of a polynomial in x and y. */
export interface PolynomialTerm {
  readonly coefficient: number;
  /** Powers of x and of y. */
  readonly powers: readonly [number, number];
}

/** Gradient flow of a polynomial into its critical point at the origin, and the secant from there. */
export interface CriticalPointExperiment {
  readonly kind: 'critical-point';
  readonly name: string;
  readonly terms: readonly PolynomialTerm[];
  /** Angles, in radians, between which the start at distance 1/2 is drawn. */
  readonly startAngles: readonly [number, number];
  /** The run ends at a distance of 10^−decades. */
  readonly decades: number;
  readonly seed: number;
}
