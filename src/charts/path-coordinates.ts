import { addScaled, dot, normalized } from '../numerics/vectors.js';

/** A point of the sphere. */
export type Triple = readonly [number, number, number];

/** A path on the unit sphere of parameters, drawn on the sphere in three dimensions. */
export interface SpherePath {
  /** x, y, z of every point, each of unit norm; the limit is (1, 0, 0). */
  readonly points: readonly Triple[];
  /** Share of the path's extent across the limit direction that the two other axes hold. */
  readonly kept: number;
}

/**
 * Maps directions to the sphere so that the angle to the limit is exact: it becomes the angle to the
 * pole (1, 0, 0). Around the pole a point lies where its component orthogonal to the limit points,
 * seen along the two leading principal axes of those components.
 */
export function spherePath(directions: readonly Float64Array[], limit: Float64Array): SpherePath {
  const pole = normalized(limit);
  const across = directions.map((direction) => {
    const along = dot(direction, pole);
    return direction.map((value, i) => value - along * pole[i]);
  });
  const { axes, kept } = principalAxes(across);
  const points = directions.map((direction, k) => {
    const along = dot(direction, pole);
    const angle = Math.atan2(Math.sqrt(dot(across[k], across[k])), along);
    const turn = Math.atan2(dot(across[k], axes[1]), dot(across[k], axes[0]));
    const radius = Math.sin(angle);
    return [Math.cos(angle), radius * Math.cos(turn), radius * Math.sin(turn)] as const;
  });
  return { points, kept };
}

/**
 * The two leading principal axes of vectors about the origin, each turned so that the first vector
 * has a component ≥ 0 along it.
 */
function principalAxes(vectors: readonly Float64Array[]): {
  axes: [Float64Array, Float64Array];
  kept: number;
} {
  const squares = (list: readonly Float64Array[]) => list.reduce((sum, v) => sum + dot(v, v), 0);
  const first = leadingAxis(vectors);
  const rest = vectors.map((vector) => without(vector, first));
  const second = leadingAxis(rest);
  const left = rest.map((vector) => without(vector, second));
  const total = squares(vectors);
  return { axes: [first, second], kept: total > 0 ? 1 - squares(left) / total : 1 };
}

const ITERATIONS = 200;

/** Power iteration on Σ v vᵀ from the longest vector; zero where all vectors are. */
function leadingAxis(vectors: readonly Float64Array[]): Float64Array {
  const longest = vectors.reduce((a, b) => (dot(b, b) > dot(a, a) ? b : a));
  if (dot(longest, longest) === 0) return longest.slice();
  let axis = normalized(longest);
  for (let k = 0; k < ITERATIONS; k++) {
    const next = new Float64Array(axis.length);
    for (const vector of vectors) addScaled(next, dot(vector, axis), vector);
    const before = axis;
    axis = normalized(next);
    if (dot(axis, before) > 1 - 1e-15) break;
  }
  return dot(vectors[0], axis) < 0 ? axis.map((value) => -value) : axis;
}

function without(vector: Float64Array, axis: Float64Array): Float64Array {
  const rest = vector.slice();
  addScaled(rest, -dot(vector, axis), axis);
  return rest;
}
