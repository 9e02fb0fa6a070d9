/** A flow into a critical point at the origin, seen from there: columns with an entry for each row. */
export interface CriticalPointRecord {
  readonly kind: 'critical-point';
  /** How the run ended, in a sentence. */
  readonly message: string;
  readonly name: string;
  /** log₁₀ of the distance from the origin. */
  readonly log10Distance: Float64Array;
  /** The angle of the secant, the line from the origin to the point, in radians. */
  readonly angle: Float64Array;
  /** Length swept by the secant's direction since the start, in radians. */
  readonly pathLength: Float64Array;
}
