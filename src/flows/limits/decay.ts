import { angleBetween, norm } from '../../numerics/vectors.js';
import type { FlowPoint } from '../trajectory.js';
import type { Surveyed } from './kkt-point.js';
import { rowCount } from './rows.js';
import type { TangentSpace } from './stability.js';
import { tangentSystem } from './tangent-system.js';

/** Steps of the implicit Euler method over the whole time, each row twice the one before. */
const LADDER = [16, 32, 64, 128];
/** Deviations larger than this, in radians, are not those of the linear equation. */
const LINEAR = 0.3;

/**
 * The factor by which the angle to a limit is to fall from a late point on, while α grows by a factor:
 * λ alone tells where every other part has died out, and the whole curvature tells before.
 *
 * Along the tangent space a deviation d of θ/‖θ‖ follows dd/dln‖θ‖ = −(I − H) d, to first order, with
 * H = Σ μ ∇²p / (Lγ); ln‖θ‖ grows by ln(alphaRatio)/L. NaN where the point is too far for that, or the
 * space is empty.
 */
export function decayFactor(
  { point: limit, space }: Surveyed,
  { direction }: FlowPoint,
  alphaRatio: number,
  degree: number,
): number {
  const deviation = projected(
    space,
    direction.map((value, i) => value - limit.direction[i]),
  );
  const size = norm(deviation);
  if (!(size > 0) || angleBetween(direction, limit.direction) > LINEAR) return NaN;
  const later = decayed(space, deviation, Math.log(alphaRatio) / degree);
  return later ? norm(later) / size : NaN;
}

/** The part of a vector along the tangent space. */
function projected(space: TangentSpace, vector: Float64Array): Float64Array {
  const { rows } = space;
  const flat = space.curvature.map((matrix) => new Float64Array(matrix.length));
  const system = tangentSystem(flat, 1, rows);
  if (!system) throw new Error('The constraint rows of a tangent space depend on each other.');
  const zero = new Float64Array(rowCount(rows));
  return system.solve(
    vector.map((value) => -value),
    zero,
  ).d;
}

/** exp(−time (I − H)) d: implicit Euler steps, whose error's powers of the step are eliminated in turn. */
function decayed(space: TangentSpace, d: Float64Array, time: number): Float64Array | undefined {
  let row: Float64Array[] = [];
  for (const [k, steps] of LADDER.entries()) {
    const first = eulerSteps(space, d, time, steps);
    if (!first) return undefined;
    const next = [first];
    for (let order = 1; order <= k; order++) {
      const share = 1 / (2 ** order - 1);
      const [fine, coarse] = [next[order - 1], row[order - 1]];
      next.push(fine.map((value, i) => value + share * (value - coarse[i])));
    }
    row = next;
  }
  return row[row.length - 1];
}

function eulerSteps(
  { curvature, rows }: TangentSpace,
  d: Float64Array,
  time: number,
  steps: number,
): Float64Array | undefined {
  const step = time / steps;
  const system = tangentSystem(curvature, 1 + 1 / step, rows);
  if (!system) return undefined;
  const zero = new Float64Array(rowCount(rows));
  let at = d;
  for (let k = 0; k < steps; k++) {
    at = system.solve(
      at.map((value) => -value / step),
      zero,
    ).d;
  }
  return at;
}
