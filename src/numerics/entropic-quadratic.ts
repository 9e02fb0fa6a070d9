import { algebraForOrder } from './linear-algebra.js';

/** Residual, as a mean over the solution, at which Newton's method has done enough. */
const ENOUGH = 1e-10;
const MOST_ITERATIONS = 100;
/** How much of the way to the boundary a step may go. */
const SHORT_OF_ZERO = 0.95;

/**
 * The q on the simplex (q > 0, Σ q = 1) that minimizes ½ qᵀKq + pᵀq + Σ q log q for a symmetric positive
 * semidefinite n×n matrix K, row-major. There q is the softmax of −(p + Kq): the dual variables after a
 * step that is taken with themselves, which is what makes the step implicit. Damped Newton from `start`
 * (positive, any sum), whose matrix I + √Q K √Q is well conditioned where entries of q are tiny.
 */
export function entropicQuadratic(
  n: number,
  k: Float64Array,
  p: Float64Array,
  start: Float64Array,
): Float64Array {
  const total = start.reduce((sum, value) => sum + value, 0);
  let q = start.map((value) => Math.max(value / total, Number.MIN_VALUE));
  let kq = times(n, k, q);
  let value = objective(q, p, kq);
  for (let iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
    const slopes = q.map((entry, i) => Math.log(entry) + p[i] + kq[i]);
    const mean = slopes.reduce((sum, slope, i) => sum + q[i] * slope, 0);
    const residual = slopes.reduce((sum, slope, i) => sum + q[i] * Math.abs(slope - mean), 0);
    if (!(residual > ENOUGH)) break;
    const direction = newtonDirection(n, k, q, slopes);
    let step = lengthInside(q, direction);
    for (;;) {
      const moved = q.map((entry, i) => entry + step * direction[i]);
      const movedKq = times(n, k, moved);
      const movedValue = objective(moved, p, movedKq);
      // Rounding of the value itself must not stop the last, smallest steps.
      if (movedValue <= value + 1e-13 * Math.abs(value) || step < 1e-10) {
        [q, kq, value] = [moved, movedKq, movedValue];
        break;
      }
      step /= 2;
    }
    if (step < 1e-10) break;
  }
  return q;
}

/** The direction that solves (Q⁻¹ + K) d = −(slopes − c) with Σ d = 0. */
function newtonDirection(
  n: number,
  k: Float64Array,
  q: Float64Array,
  slopes: Float64Array,
): Float64Array {
  const roots = q.map(Math.sqrt);
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) matrix[i * n + j] = roots[i] * k[i * n + j] * roots[j];
    matrix[i * n + i] += 1;
  }
  const algebra = algebraForOrder(n);
  const pivots = new Int32Array(n);
  algebra.luFactor(n, matrix, pivots);
  const along = roots.map((root, i) => -root * slopes[i]);
  const level = roots.slice();
  algebra.luSolve(n, matrix, pivots, along);
  algebra.luSolve(n, matrix, pivots, level);
  const c = -weightedSum(roots, along) / weightedSum(roots, level);
  return along.map((entry, i) => roots[i] * (entry + c * level[i]));
}

function lengthInside(q: Float64Array, direction: Float64Array): number {
  let step = 1;
  direction.forEach((change, i) => {
    if (change < 0) step = Math.min(step, (SHORT_OF_ZERO * q[i]) / -change);
  });
  return step;
}

function objective(q: Float64Array, p: Float64Array, kq: Float64Array): number {
  return q.reduce((sum, entry, i) => sum + entry * (0.5 * kq[i] + p[i] + Math.log(entry)), 0);
}

function times(n: number, k: Float64Array, q: Float64Array): Float64Array {
  return Float64Array.from(q, (_, i) => weightedSum(k.subarray(i * n, (i + 1) * n), q));
}

function weightedSum(weights: Float64Array, values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += weights[i] * values[i];
  return sum;
}
