import { choleskyBackward, choleskyFactor, choleskyForward } from '../numerics/cholesky.js';
import { dot, norm, normalized } from '../numerics/vectors.js';
import { maxMargin } from './max-margin.js';

/** What a polynomial tail maximises, at its largest. */
export interface PowerMargin {
  /** Weights of norm 1; zeros where no weights classify every example. */
  readonly weights: Float64Array;
  /** (Σ pᵢ^{−k})^{−1/k} of these weights: at most the smallest margin, which it is for k → ∞. */
  readonly value: number;
  /** Newton's steps that it took. */
  readonly steps: number;
}

/** A step whose decrement is this small, beside the objective, is the last: its square is below rounding. */
const DONE = 1e-14;
const MOST_STEPS = 200;
/** A step is halved until it lowers the objective by this share of what its slope promises. */
const ENOUGH = 0.25;

/**
 * The largest (Σ pᵢ^{−k})^{−1/k} with pᵢ = yᵢ xᵢ·w over weights ‖w‖ = 1, k = `power` > 0: where the direction of a
 * linear model goes under a loss that falls like p^{−k}. `inputs` are n×d numbers, row by row, with n labels ±1.
 * Solved as the minimum of ½‖w‖² + (1/k) Σ pᵢ^{−k}, which has the same direction and is strictly convex, by damped
 * Newton steps. Throws a sentence as `maxMargin` does, and where k is not positive.
 */
export function powerMargin(
  inputs: Float64Array,
  labels: Float64Array,
  { power }: { readonly power: number },
): PowerMargin {
  if (!(power > 0 && Number.isFinite(power))) {
    throw new Error(`powerMargin: expected the power to be a positive number, found ${power}.`);
  }
  const { weights, margin } = maxMargin(inputs, labels, { norm: 'l2' });
  const size = weights.length;
  if (!(margin > 0)) return { weights, value: 0, steps: 0 };
  const rows = inputs.map((value, k) => (labels[Math.floor(k / size)] * value) / margin);
  // In units of the largest margin. On a ray the minimum is where ρ^{k+2} = Σ p^{−k}.
  const start = sumOfPowers(marginsOf(rows, weights), -power) ** (1 / (power + 2));
  let w: Float64Array = weights.map((value) => start * value);
  let value = objectiveAt(rows, w, power);
  let steps = 0;
  for (; steps < MOST_STEPS; steps++) {
    const { step, decrement } = newtonStep(rows, w, power);
    if (!(decrement > DONE * value)) {
      w = along(w, step, 1);
      break;
    }
    let share = 1;
    let next = along(w, step, share);
    let nextValue = objectiveAt(rows, next, power);
    while (!(nextValue <= value - ENOUGH * share * decrement) && share > Number.EPSILON) {
      share /= 2;
      next = along(w, step, share);
      nextValue = objectiveAt(rows, next, power);
    }
    w = next;
    value = nextValue;
  }
  const unit = normalized(w);
  const own = marginsOf(rows, unit);
  return { weights: unit, value: margin * sumOfPowers(own, -power) ** (-1 / power), steps };
}

function marginsOf(rows: Float64Array, w: Float64Array): Float64Array {
  const size = w.length;
  return Float64Array.from({ length: rows.length / size }, (_, i) =>
    dot(w, rows.subarray(i * size, (i + 1) * size)),
  );
}

function sumOfPowers(values: Float64Array, power: number): number {
  return values.reduce((sum, value) => sum + value ** power, 0);
}

/** Infinity where an example is not classified. */
function objectiveAt(rows: Float64Array, w: Float64Array, power: number): number {
  const margins = marginsOf(rows, w);
  if (!margins.every((margin) => margin > 0)) return Infinity;
  return dot(w, w) / 2 + sumOfPowers(margins, -power) / power;
}

/** The step, and twice what it would lower the objective by if that were quadratic. */
function newtonStep(rows: Float64Array, w: Float64Array, power: number) {
  const size = w.length;
  const gradient = w.slice();
  const hessian = new Float64Array(size * size);
  for (let i = 0; i < size; i++) hessian[i * size + i] = 1;
  marginsOf(rows, w).forEach((margin, r) => {
    const row = rows.subarray(r * size, (r + 1) * size);
    const pull = margin ** (-power - 1);
    const bend = ((power + 1) * pull) / margin;
    for (let i = 0; i < size; i++) {
      gradient[i] -= pull * row[i];
      for (let j = 0; j <= i; j++) hessian[i * size + j] += bend * row[i] * row[j];
    }
  });
  const step = gradient.map((value) => -value);
  // The identity in it makes the matrix positive definite, whatever the rows.
  if (!choleskyFactor(size, hessian)) return { step, decrement: norm(gradient) ** 2 };
  choleskyForward(size, hessian, step);
  choleskyBackward(size, hessian, step);
  return { step, decrement: -dot(gradient, step) };
}

function along(w: Float64Array, step: Float64Array, share: number): Float64Array {
  return w.map((value, i) => value + share * step[i]);
}
