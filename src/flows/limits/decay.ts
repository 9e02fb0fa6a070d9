import { requireSerialObjective, type Objective } from '../../losses/objective.js';
import { requireDegree } from '../../networks/degree.js';
import { spectralMeasure } from '../../numerics/spectral-measure.js';
import { angleBetween, distanceBetween, dot, norm } from '../../numerics/vectors.js';
import type { FlowPoint } from '../trajectory.js';
import type { Surveyed } from './kkt-point.js';
import { rowCount } from './rows.js';
import { surveyLimit, type LimitOptions } from './solve-limit.js';
import { curvatureTimes, type TangentSpace } from './stability.js';
import { tangentSystem } from './tangent-system.js';

/** Deviations larger than this, in radians, are not those of the linear equation. */
const LINEAR = 0.3;

/** How a point of a run deviates from a limit: parts at right angles to each other, each with a power of α of its own. */
export interface Deviation {
  /**
   * r of α^{−r} by which each part along the constraints falls, (1 − λ)/L for its eigenvalue λ, the fastest first;
   * 0 along a manifold of limits.
   */
  readonly rates: Float64Array;
  /** Size of each of these parts at the point, radians. */
  readonly sizes: Float64Array;
  /** Size of the part across the constraints, radians: it follows the dual variables and falls like 1/α. */
  readonly across: number;
}

/**
 * What a late point's deviation from a limit consists of, to first order in it.
 *
 * Along the tangent space a deviation d of θ/‖θ‖ follows dd/dln‖θ‖ = −(I − H) d with H = Σ μ ∇²p / (Lγ), and
 * ln‖θ‖ grows by ln(α₂/α₁)/L. Undefined where the point is too far for that.
 */
export function deviationFrom(
  { point: limit, space }: Surveyed,
  { direction }: Pick<FlowPoint, 'direction'>,
  degree: number,
): Deviation | undefined {
  if (angleBetween(direction, limit.direction) > LINEAR) return undefined;
  const difference = direction.map((value, i) => value - limit.direction[i]);
  // What is along the limit itself is of second order.
  const along = dot(difference, limit.direction);
  const beside = difference.map((value, i) => value - along * limit.direction[i]);
  const project = projection(space);
  const tangent = project(beside);
  const { values, lengths } = spectralMeasure(
    (vector) => project(curvatureTimes(space, vector)),
    tangent,
  );
  const fastestFirst = values.map((lambda) => (1 - lambda) / degree);
  return { rates: fastestFirst, sizes: lengths, across: distanceBetween(beside, tangent) };
}

/** The angle to the limit, radians, that is left of a deviation after α has grown by a factor. */
export function deviationAfter({ rates, sizes, across }: Deviation, alphaRatio: number): number {
  return Math.hypot(norm(decayed(sizes, rates, alphaRatio)), across / alphaRatio);
}

function decayed(sizes: Float64Array, rates: Float64Array, alphaRatio: number): Float64Array {
  return sizes.map((size, k) => size * alphaRatio ** -rates[k]);
}

/**
 * The factor by which the angle to a limit is to fall from a late point on, while α grows by a factor: λ alone tells
 * where every other part has died out, and the whole curvature tells before. Of the part across the constraints, which
 * is soon the smallest, it knows nothing. NaN where the point is too far, or the tangent space is empty.
 */
export function decayFactor(
  surveyed: Surveyed,
  from: Pick<FlowPoint, 'direction'>,
  alphaRatio: number,
  degree: number,
): number {
  const deviation = deviationFrom(surveyed, from, degree);
  if (!deviation || !(norm(deviation.sizes) > 0)) return NaN;
  const { rates, sizes } = deviation;
  return norm(decayed(sizes, rates, alphaRatio)) / norm(sizes);
}

/**
 * The deviations of a run's points from the limit that its last point leads to: undefined for points that are too far
 * from it, and for all of them where that is no KKT point, or not stable. Throws as `solveLimit` does.
 */
export function limitDeviations(
  risk: Objective,
  points: readonly FlowPoint[],
  options: LimitOptions = {},
): (Deviation | undefined)[] {
  const objective = requireSerialObjective(risk, 'The limit solver');
  const degree = requireDegree(objective.network.degree, 'A deviation from a limit');
  const surveyed = surveyLimit(objective, points[points.length - 1], options);
  const { converged, stability } = surveyed.point;
  const known = converged && stability.unstable === 0;
  return points.map((point) => (known ? deviationFrom(surveyed, point, degree) : undefined));
}

/** Takes the part of a vector along the tangent space. */
function projection({ curvature, rows }: TangentSpace): (v: Float64Array) => Float64Array {
  const flat = curvature.map((matrix) => new Float64Array(matrix.length));
  const system = tangentSystem(flat, 1, rows);
  if (!system) throw new Error('The constraint rows of a tangent space depend on each other.');
  const zero = new Float64Array(rowCount(rows));
  return (vector) =>
    system.solve(
      vector.map((value) => -value),
      zero,
    ).d;
}
