import { pointAt, type Trajectory } from '../flows/trajectory.js';
import { angleBetween } from '../numerics/vectors.js';

/** Growth of a length over one decade of α. */
export interface Decade {
  /** The decade runs from α = `from` to α = `to`. */
  readonly from: number;
  readonly to: number;
  readonly length: number;
}

/** Length swept by the direction up to each row, from the saved rows alone (a sum of angles). */
export function sampledPathLength(trajectory: Trajectory): Float64Array {
  const rows = trajectory.alpha.length;
  const lengths = new Float64Array(rows);
  for (let k = 1; k < rows; k++) {
    const before = pointAt(trajectory, k - 1).direction;
    const here = pointAt(trajectory, k).direction;
    lengths[k] = lengths[k - 1] + angleBetween(before, here);
  }
  return lengths;
}

/**
 * How much a cumulative `length` (one value per row) grows between consecutive `edges` of α, with
 * linear interpolation in log α. Edges outside the run's range give no decade.
 */
export function lengthPerDecade(
  trajectory: Trajectory,
  length: Float64Array,
  edges: readonly number[],
): Decade[] {
  const { alpha } = trajectory;
  const last = maximumOf(alpha) * (1 + 1e-9);
  const inside = edges.filter((edge) => edge * (1 + 1e-9) >= alpha[0] && edge <= last);
  const at = inside.map((edge) => interpolateAt(alpha, length, edge));
  return inside.slice(1).map((to, k) => ({ from: inside[k], to, length: at[k + 1] - at[k] }));
}

/** Angle from each row's direction to a given direction, in radians. */
export function anglesTo(trajectory: Trajectory, direction: Float64Array): Float64Array {
  return Float64Array.from(trajectory.alpha, (_, k) =>
    angleBetween(pointAt(trajectory, k).direction, direction),
  );
}

/** The value of a column where α first reaches `alpha`, linear in log α between rows. */
export function interpolateAt(alphas: Float64Array, values: Float64Array, alpha: number): number {
  const k = alphas.findIndex((value) => value >= alpha * (1 - 1e-9));
  if (k < 0) return NaN;
  if (k === 0 || alphas[k - 1] <= 0) return values[k];
  const span = Math.log(alphas[k] / alphas[k - 1]);
  const share = span > 0 ? Math.min(1, Math.log(alpha / alphas[k - 1]) / span) : 1;
  return values[k - 1] + share * (values[k] - values[k - 1]);
}

function maximumOf(values: Float64Array): number {
  return values.reduce((a, b) => Math.max(a, b), -Infinity);
}
