/** How far a point of an attempted step has left the piece that the step was computed on. */
export interface Violation {
  readonly example: number;
  readonly unit: number;
  /** Index among the sliding kinks; −1 for a unit that crosses its kink. */
  readonly slide: number;
  /**
   * Beyond the boundary where positive: the preactivation, or the slope's excess over [0, 1] as a
   * fraction, each divided by what counts as zero.
   */
  readonly amount: number;
  /** False where the crossing is too weak to matter to the step. */
  readonly matters: boolean;
}

/** The slope's fraction may leave [0, 1] by this before it counts: the effect is of second order. */
export const FRACTION_ZERO = 1e-7;

/** Amounts up to this count as lying on a boundary, as soon as the step ends there. */
export const ON_BOUNDARY = 10;

/** A boundary that the flow met: at a shorter step than the one attempted. */
export interface Meeting {
  /** Step size to the boundary; 0 where it is met at once, NaN where it was not found. */
  readonly h: number;
  /** Size of the step to try after the one that ends there. */
  readonly next: number;
  readonly met: readonly Violation[];
}
