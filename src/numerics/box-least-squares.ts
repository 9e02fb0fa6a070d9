import { algebraForOrder } from './linear-algebra.js';

const SWEEPS = 2_000;
const SETTLED = 1e-13;

/**
 * The x in the box lower ≤ x ≤ upper that minimizes ½ xᵀ K x + bᵀ x, for a symmetric positive
 * semidefinite n×n matrix K with a positive diagonal: coordinate descent finds which bounds hold, then
 * the free coordinates are solved for exactly.
 */
export function boxLeastSquares(
  k: Float64Array,
  b: Float64Array,
  lower: Float64Array,
  upper: Float64Array,
): Float64Array {
  const n = b.length;
  const x = Float64Array.from(b, (_, i) => Math.min(upper[i], Math.max(lower[i], 0)));
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let moved = 0;
    for (let i = 0; i < n; i++) {
      const free = x[i] - slopeAt(k, b, x, i) / k[i * n + i];
      const next = Math.min(upper[i], Math.max(lower[i], free));
      moved = Math.max(moved, Math.abs(next - x[i]) / (upper[i] - lower[i] || 1));
      x[i] = next;
    }
    if (moved < SETTLED) break;
  }
  return polished(k, b, lower, upper, x);
}

/** (K x + b)ᵢ. */
function slopeAt(k: Float64Array, b: Float64Array, x: Float64Array, i: number): number {
  const n = b.length;
  let sum = b[i];
  for (let j = 0; j < n; j++) sum += k[i * n + j] * x[j];
  return sum;
}

function polished(
  k: Float64Array,
  b: Float64Array,
  lower: Float64Array,
  upper: Float64Array,
  x: Float64Array,
): Float64Array {
  const n = b.length;
  const free = [...x.keys()].filter((i) => x[i] > lower[i] && x[i] < upper[i]);
  if (free.length === 0) return x;
  const matrix = new Float64Array(free.length ** 2);
  const right = new Float64Array(free.length);
  free.forEach((i, r) => {
    free.forEach((j, c) => {
      matrix[r * free.length + c] = k[i * n + j];
    });
    right[r] = -slopeAt(k, b, x, i);
  });
  const pivots = new Int32Array(free.length);
  const algebra = algebraForOrder(free.length);
  if (!algebra.luFactor(free.length, matrix, pivots)) return x;
  algebra.luSolve(free.length, matrix, pivots, right);
  const refined = x.slice();
  free.forEach((i, r) => {
    refined[i] = x[i] + right[r];
  });
  const inside = free.every((i) => refined[i] >= lower[i] && refined[i] <= upper[i]);
  return inside ? refined : x;
}
