import type { Trajectory } from '../flows/index.js';
import { angleBetween } from '../numerics/vectors.js';

/** What lengths and angles need of a run: any trajectory, or rows from `directionRows`. */
export type DirectionRows = Pick<Trajectory, 'alpha' | 'directions' | 'parameters'>;

/**
 * Rows of a run that has no trajectory: α and the direction θ/‖θ‖ (any vector along it) at each. Throws
 * a RangeError where their numbers or lengths differ.
 */
export function directionRows(
  alphas: ArrayLike<number>,
  directions: readonly Float64Array[],
): DirectionRows {
  const parameters = directions.length === 0 ? 0 : directions[0].length;
  if (alphas.length !== directions.length) {
    throw new RangeError(`${alphas.length} values of α need as many directions, got ${directions.length}.`); // prettier-ignore
  }
  const flat = new Float64Array(directions.length * parameters);
  directions.forEach((direction, k) => {
    if (direction.length !== parameters) {
      throw new RangeError(`Direction ${k} has ${direction.length} numbers; expected ${parameters}.`); // prettier-ignore
    }
    flat.set(direction, k * parameters);
  });
  return { alpha: Float64Array.from(alphas), directions: flat, parameters };
}

/** Growth of a length over one decade of α. */
export interface Decade {
  /** The decade runs from α = `from` to α = `to`. */
  readonly from: number;
  readonly to: number;
  readonly length: number;
}

/**
 * Length in radians swept by the direction up to each row, from the saved rows alone: a sum of angles, 0 at
 * the first row and at most the true length.
 */
export function sampledPathLength(rows: DirectionRows): Float64Array {
  const count = rows.alpha.length;
  const lengths = new Float64Array(count);
  for (let k = 1; k < count; k++) {
    lengths[k] = lengths[k - 1] + angleBetween(directionAt(rows, k - 1), directionAt(rows, k));
  }
  return lengths;
}

/**
 * How much a cumulative `length` (one value per row) grows between consecutive `edges` of α, increasing as
 * `decadeEdges` gives them, with linear interpolation in log α. Edges outside the run's range give no
 * decade.
 */
export function lengthPerDecade(
  { alpha }: Pick<DirectionRows, 'alpha'>,
  length: Float64Array,
  edges: readonly number[],
): Decade[] {
  const last = maximumOf(alpha) * (1 + 1e-9);
  const inside = edges.filter((edge) => edge * (1 + 1e-9) >= alpha[0] && edge <= last);
  const at = inside.map((edge) => interpolateAt(alpha, length, edge));
  return inside.slice(1).map((to, k) => ({ from: inside[k], to, length: at[k + 1] - at[k] }));
}

/** Angle from each row's direction to a given direction of as many numbers, in radians, in [0, π]. */
export function anglesTo(rows: DirectionRows, direction: Float64Array): Float64Array {
  return Float64Array.from(rows.alpha, (_, k) => angleBetween(directionAt(rows, k), direction));
}

/** Angle from each row's direction to that of the last row, in radians: 0 at the end. */
export function anglesToLast(rows: DirectionRows): Float64Array {
  return anglesTo(rows, directionAt(rows, rows.alpha.length - 1));
}

/**
 * The powers of ten from the first at or above the smallest positive α to the last at or below the largest;
 * none where no α is positive.
 */
export function decadeEdges({ alpha }: Pick<DirectionRows, 'alpha'>): number[] {
  const positive = alpha.filter((value) => value > 0);
  if (positive.length === 0) return [];
  const first = Math.ceil(Math.log10(positive.reduce((a, b) => Math.min(a, b))) - 1e-9);
  const last = Math.floor(Math.log10(maximumOf(positive)) + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, k) => 10 ** (first + k));
}

/**
 * The value of a column where α first reaches `alpha` > 0, linear in log α between rows; NaN where it never
 * does. Both columns have one number for each row.
 */
export function interpolateAt(alphas: Float64Array, values: Float64Array, alpha: number): number {
  const k = alphas.findIndex((value) => value >= alpha * (1 - 1e-9));
  if (k < 0) return NaN;
  if (k === 0 || alphas[k - 1] <= 0) return values[k];
  const span = Math.log(alphas[k] / alphas[k - 1]);
  const share = span > 0 ? Math.min(1, Math.log(alpha / alphas[k - 1]) / span) : 1;
  return values[k - 1] + share * (values[k] - values[k - 1]);
}

/** The direction of row k, from 0: a view of `parameters` numbers. */
export function directionAt({ directions, parameters }: DirectionRows, k: number): Float64Array {
  return directions.subarray(k * parameters, (k + 1) * parameters);
}

function maximumOf(values: Float64Array): number {
  return values.reduce((a, b) => Math.max(a, b), -Infinity);
}

/**
 * At most `count` ≥ 2 rows, evenly spaced in log α, always with the first and the last; none where
 * there are none.
 */
export function evenRows({ alpha }: Pick<DirectionRows, 'alpha'>, count: number): number[] {
  const last = alpha.length - 1;
  if (last < 0) return [];
  const place = (row: number) => Math.log(Math.max(alpha[row], 1e-3));
  const width = (place(last) - place(0)) / Math.max(count - 1, 1);
  const rows: number[] = [0];
  let next = 1;
  for (let row = 1; row < last && rows.length < count - 1; row++) {
    const steps = (place(row) - place(0)) / width + 1e-9;
    if (!(steps >= next)) continue;
    rows.push(row);
    next = Math.floor(steps) + 1;
  }
  if (last > 0) rows.push(last);
  return rows;
}
