/** A descent with steps of relative length C/α: how far its path was from the flow's, and its time. */
export interface DescentPoint {
  readonly c: number;
  readonly error: number;
  readonly seconds: number;
}

/** What a descent would have to do to come as near as wanted. */
export interface EqualError {
  /** p in error ∝ C^p, from the two smallest C. */
  readonly order: number;
  readonly c: number;
  readonly seconds: number;
  /** False where a descent that was run is already as near. */
  readonly extrapolated: boolean;
}

/**
 * The time that descent takes to the wanted error: that of the largest C whose error is small enough,
 * or extrapolated from the two smallest C, with error ∝ C^p and seconds ∝ 1/C.
 */
export function timeToError(points: readonly DescentPoint[], wanted: number): EqualError {
  const sorted = [...points].sort((a, b) => a.c - b.c);
  const [first, second] = sorted;
  const order = Math.log(second.error / first.error) / Math.log(second.c / first.c);
  const enough = sorted.filter(({ error }) => error <= wanted).at(-1);
  if (enough) return { order, c: enough.c, seconds: enough.seconds, extrapolated: false };
  // Where errors do not fall there is no C that would do.
  const factor = order > 0 ? (wanted / first.error) ** (1 / order) : 0;
  const c = first.c * factor;
  return { order, c, seconds: first.seconds / factor, extrapolated: true };
}
