/** Where a flow of a two-layer network goes, and what no network of any width exceeds. */
export interface BoundedLimit {
  /** Normalized margin of the KKT point. */
  readonly margin: number;
  /** The least upper bound on margins of all widths that its multipliers give. */
  readonly bound: number;
  /** Whether the solver came to rest on a point that meets the conditions. */
  readonly converged: boolean;
  /** Directions in which the flow leaves it; 0 for a limit. */
  readonly unstable: number;
  /** λ: deviations fall like α^(−(1−λ)/L). */
  readonly lambda: number;
}

/** What a unit of each direction of the plane would gain against the dual variables of a limit. */
export interface GainByAngle {
  /** Angles of u from the first axis, degrees. */
  readonly angle: Float64Array;
  /** |Σ q y σ(u·x)| there. */
  readonly gain: Float64Array;
}

/** A flow of a two-layer network of degree 2; one number for each power of ten of α. */
export interface TwoHomogeneousRecord {
  readonly kind: 'two-homogeneous';
  readonly name: string;
  readonly activation: string;
  readonly seed: number;
  readonly width: number;
  readonly examples: number;
  readonly message: string;
  /** What a margin is at most for each unit of gain: 1 with fixed output weights, ½ where both layers train. */
  readonly perGain: number;
  readonly alpha: Float64Array;
  /** min pᵢ / ‖θ‖². */
  readonly margin: Float64Array;
  /** The upper bound on margins of all widths that the dual variables there give. */
  readonly bound: Float64Array;
  /** Whether every bound is exact: all pieces between kinks were looked at. */
  readonly exact: boolean;
  readonly limit: BoundedLimit;
  /** For inputs of two numbers. */
  readonly gains?: GainByAngle;
}

/** Two flows, one with every unit split in two; one number for each power of ten of α. */
export interface SplitUnitsRecord {
  readonly kind: 'split-units';
  readonly name: string;
  readonly message: string;
  readonly degree: number;
  readonly alpha: Float64Array;
  /** Angle between the split flow and the other with its units split there, radians. */
  readonly apart: Float64Array;
  /** The two normalized margins. */
  readonly margin: Float64Array;
  readonly splitMargin: Float64Array;
}
