import { algebraForOrder } from './linear-algebra.js';

const MOST_ITERATIONS = 300;
/** Entries below hardly act on the others and stay out of the matrix. */
const ACTING = 1e-8;
/** A temperature counts as reached at this share of it, and the next is so much lower. */
const REACHED = 0.5;
const COOLING = 4;

/**
 * The q on the simplex (q > 0, Σ q = 1) that minimizes ½ qᵀKq + pᵀq + Σ q log q for a symmetric positive
 * semidefinite n×n matrix K, row-major. There q is the softmax of −(p + Kq): the dual variables after a
 * step that is taken with themselves, which is what makes the step implicit. Damped Newton from `start`
 * (positive, any sum), whose matrix I + √Q K √Q is well conditioned where entries of q are tiny, until
 * the condition log q + p + Kq = constant holds to `tolerance` in the mean over q. Entropy first counts
 * for more, by a temperature that falls to 1: from far away Newton's method needs that.
 */
export function minimizeQuadraticWithEntropy(
  n: number,
  k: Float64Array,
  p: Float64Array,
  start: Float64Array,
  tolerance = 1e-10,
): Float64Array {
  const total = start.reduce((sum, value) => sum + value, 0);
  let q = raised(start.map((value) => value / total));
  let kq = times(n, k, q);
  let temperature = Math.max(1, meanDeviation(q, slopesAt(1, q, p, kq)));
  for (let iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
    const slopes = slopesAt(temperature, q, p, kq);
    const residual = meanDeviation(q, slopes);
    if (temperature > 1 && residual <= REACHED * temperature) {
      temperature = Math.max(1, temperature / COOLING);
      continue;
    }
    if (!(residual > tolerance)) break;
    const direction = newtonDirection(n, k, q, slopes, temperature);
    const value = objective(temperature, q, p, kq);
    let step = 1;
    for (; step > SHORTEST; step /= 2) {
      const moved = movedAlong(q, direction, step);
      const movedKq = times(n, k, moved);
      // Rounding of the value itself must not stop the last, smallest steps.
      if (objective(temperature, moved, p, movedKq) <= value + 1e-13 * Math.abs(value)) {
        [q, kq] = [moved, movedKq];
        break;
      }
    }
    if (step <= SHORTEST) {
      if (temperature === 1) break;
      temperature = Math.max(1, temperature / COOLING);
    }
  }
  return q;
}

const SHORTEST = 1e-8;

/** Falling entries fall by a factor, so that none reaches 0; the sum is 1 again. */
function movedAlong(q: Float64Array, direction: Float64Array, step: number): Float64Array {
  const moved = q.map((entry, i) => {
    const change = step * direction[i];
    return change < 0 ? entry * Math.exp(Math.max(change / entry, -LARGEST_FALL)) : entry + change;
  });
  const total = moved.reduce((sum, value) => sum + value, 0);
  return moved.map((value) => Math.max(value / total, Number.MIN_VALUE));
}

/** Of the logarithm of an entry, in one step. */
const LARGEST_FALL = 20;

/** Derivatives of the objective, but for a constant. */
function slopesAt(
  temperature: number,
  q: Float64Array,
  p: Float64Array,
  kq: Float64Array,
): Float64Array {
  return q.map((entry, i) => temperature * Math.log(entry) + p[i] + kq[i]);
}

/** Mean over q of how far slopes are from their mean. */
function meanDeviation(q: Float64Array, slopes: Float64Array): number {
  const mean = weightedSum(q, slopes);
  return slopes.reduce((sum, slope, i) => sum + q[i] * Math.abs(slope - mean), 0);
}

/** No entry so small that it could not come back, with sum 1. */
function raised(q: Float64Array): Float64Array {
  const lifted = q.map((value) => Math.max(value, 2 * ACTING));
  const total = lifted.reduce((sum, value) => sum + value, 0);
  return lifted.map((value) => value / total);
}

/** The direction d that solves (T Q⁻¹ + K) d = −(slopes − c) with Σ d = 0, but for entries next to 0. */
function newtonDirection(
  n: number,
  k: Float64Array,
  q: Float64Array,
  slopes: Float64Array,
  temperature: number,
): Float64Array {
  const acting = [...q.keys()].filter((i) => q[i] > ACTING);
  const size = acting.length;
  const roots = q.map(Math.sqrt);
  const matrix = new Float64Array(size * size);
  acting.forEach((i, row) => {
    acting.forEach((j, column) => {
      matrix[row * size + column] = roots[i] * k[i * n + j] * roots[j];
    });
    matrix[row * size + row] += temperature;
  });
  const algebra = algebraForOrder(size);
  const pivots = new Int32Array(size);
  algebra.luFactor(size, matrix, pivots);
  const solved = (rightSide: Float64Array) => {
    const whole = rightSide.map((value) => value / temperature);
    const part = Float64Array.from(acting, (i) => rightSide[i]);
    algebra.luSolve(size, matrix, pivots, part);
    acting.forEach((i, row) => (whole[i] = part[row]));
    return whole;
  };
  const along = solved(roots.map((root, i) => -root * slopes[i]));
  const level = solved(roots);
  const c = -weightedSum(roots, along) / weightedSum(roots, level);
  return along.map((entry, i) => roots[i] * (entry + c * level[i]));
}

function objective(
  temperature: number,
  q: Float64Array,
  p: Float64Array,
  kq: Float64Array,
): number {
  return q.reduce(
    (sum, entry, i) => sum + entry * (0.5 * kq[i] + p[i] + temperature * Math.log(entry)),
    0,
  );
}

function times(n: number, k: Float64Array, q: Float64Array): Float64Array {
  return Float64Array.from(q, (_, i) => weightedSum(k.subarray(i * n, (i + 1) * n), q));
}

function weightedSum(weights: Float64Array, values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += weights[i] * values[i];
  return sum;
}
