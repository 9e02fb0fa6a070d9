import type { Objective } from '../../src/losses/objective.js';
import { algebraForOrder } from '../../src/numerics/linear-algebra.js';
import { dot, norm, normalized } from '../../src/numerics/vectors.js';
import { type Pointwise } from '../../src/networks/index.js';
import type { Kink } from '../../src/flows/kinks/kinks.js';

/*
 * A second opinion on limits: Newton's method on the KKT system with a dense matrix in all parameters,
 * for a given support and given kinks. It shares no code with the solver that it is held against.
 */

/** Where Newton's method starts. */
export interface KktGuess {
  readonly direction: Float64Array;
  /** One per support constraint; scaled to sum 1 before use. */
  readonly multipliers: readonly number[];
  readonly margin: number;
}

/** Where it ended. */
export interface KktSolution extends KktGuess {
  /** One per kink: the weight of ∇z in Σ μᵢ ∇pᵢ + Σ νₖ ∇zₖ = κ w. */
  readonly kinkMultipliers: readonly number[];
  readonly iterations: number;
  readonly converged: boolean;
}

/**
 * KKT points may form a manifold (two ReLU neurons with equal gates can trade mass), on which the
 * Newton matrix is singular. This share of κ on its diagonal makes the step along the manifold zero
 * instead of arbitrary, and costs the other directions a factor of about this size per iteration.
 */
const REGULARIZATION = 1e-6;
/** The like for dependent constraints; smaller, since it lets them be missed by as much. */
const DUAL_REGULARIZATION = 1e-12;
const CONVERGED = 1e-8;

/**
 * Newton's method for Σ μᵢ ∇pᵢ(w) + Σ νₖ ∇zₖ(w) = κ w, pᵢ(w) = γ, zₖ(w) = 0, Σ μ = 1, ‖w‖ = 1, with
 * unknowns (w, μ, ν, γ, κ). It works on the sphere, where the numbers stay of order one.
 */
export function newtonOnSupport(
  objective: Objective,
  degree: number,
  support: readonly number[],
  kinks: readonly Kink[],
  guess: KktGuess,
  maxIterations: number,
): KktSolution {
  const total = guess.multipliers.reduce((a, b) => a + b, 0) || 1;
  const at: Unknowns = {
    w: normalized(guess.direction),
    mu: Float64Array.from(guess.multipliers, (value) => value / total),
    nu: new Float64Array(kinks.length),
    gamma: guess.margin,
    kappa: degree * guess.margin,
  };
  const size = at.w.length + support.length + kinks.length + 2;
  const system = { size, matrix: new Float64Array(size * size), right: new Float64Array(size) };
  let best = solutionOf(at, 0, false);
  let smallest = Infinity;
  let stalled = 0;
  for (let iteration = 0; iteration <= maxIterations; iteration++) {
    fillSystem(objective, support, kinks, at, system);
    const residual = norm(system.right) / Math.abs(at.kappa);
    if (!Number.isFinite(residual)) break;
    stalled = residual < 0.5 * smallest ? 0 : stalled + 1;
    if (residual < smallest) {
      smallest = residual;
      best = solutionOf(at, iteration, smallest < CONVERGED);
    }
    // Once it no longer halves a small residual, rounding is all that is left.
    const done = residual < 1e-15 || (stalled >= 2 && smallest < CONVERGED) || stalled >= 12;
    if (done || iteration === maxIterations || !solveInPlace(system)) break;
    takeStep(at, system.right);
  }
  return best;
}

interface Unknowns {
  readonly w: Float64Array;
  readonly mu: Float64Array;
  readonly nu: Float64Array;
  gamma: number;
  kappa: number;
}

interface System {
  readonly size: number;
  readonly matrix: Float64Array;
  readonly right: Float64Array;
}

function solutionOf(at: Unknowns, iterations: number, converged: boolean): KktSolution {
  return {
    direction: normalized(at.w),
    multipliers: [...at.mu],
    kinkMultipliers: [...at.nu],
    margin: at.gamma,
    iterations,
    converged,
  };
}

/** The symmetric Newton matrix and minus the residual. */
function fillSystem(
  objective: Objective,
  support: readonly number[],
  kinks: readonly Kink[],
  at: Unknowns,
  { size, matrix, right }: System,
): void {
  const { w, mu, nu, gamma, kappa } = at;
  const n = w.length;
  const s = support.length;
  const gammaAt = size - 2;
  const kappaAt = size - 1;
  const shift = REGULARIZATION * Math.abs(kappa);
  matrix.fill(0);
  addCurvature(objective, support, at, size, matrix);
  for (let i = 0; i < n; i++) {
    matrix[i * size + i] -= kappa + shift;
    matrix[i * size + kappaAt] = matrix[kappaAt * size + i] = -w[i];
    right[i] = kappa * w[i];
  }
  const constrain = (row: Float64Array, index: number, multiplier: number, violation: number) => {
    for (let i = 0; i < n; i++) {
      matrix[i * size + index] = matrix[index * size + i] = row[i];
      right[i] -= multiplier * row[i];
    }
    matrix[index * size + index] = DUAL_REGULARIZATION * Math.abs(kappa);
    right[index] = violation;
  };
  const jacobian = objective.marginJacobian(w);
  const margins = objective.margins(w);
  support.forEach((pair, k) => {
    constrain(jacobian.subarray(pair * n, (pair + 1) * n), n + k, mu[k], gamma - margins[pair]);
    matrix[(n + k) * size + gammaAt] = matrix[gammaAt * size + n + k] = -1;
  });
  kinks.forEach((kink, k) => constrain(kink.gradient, n + s + k, nu[k], -dot(kink.gradient, w)));
  right[gammaAt] = mu.reduce((a, b) => a + b, 0) - 1;
  right[kappaAt] = (dot(w, w) - 1) / 2;
}

function addCurvature(
  objective: Objective,
  support: readonly number[],
  at: Unknowns,
  size: number,
  matrix: Float64Array,
): void {
  const n = at.w.length;
  const weights = new Float64Array(objective.examples * objective.pairs);
  support.forEach((pair, k) => {
    weights[pair] = at.mu[k];
  });
  const curvature = new Float64Array(n * n);
  objective.curvature(at.w, weights, curvature);
  for (let i = 0; i < n; i++) matrix.set(curvature.subarray(i * n, (i + 1) * n), i * size);
}

function solveInPlace({ size, matrix, right }: System): boolean {
  const algebra = algebraForOrder(size);
  const pivots = new Int32Array(size);
  if (!algebra.luFactor(size, matrix, pivots)) return false;
  algebra.luSolve(size, matrix, pivots, right);
  return right.every(Number.isFinite);
}

/** Steps longer than half the sphere's radius are shortened. */
function takeStep(at: Unknowns, step: Float64Array): void {
  const n = at.w.length;
  const s = at.mu.length;
  const length = norm(step.subarray(0, n));
  const factor = length > 0.5 ? 0.5 / length : 1;
  for (let i = 0; i < n; i++) at.w[i] += factor * step[i];
  for (let k = 0; k < s; k++) at.mu[k] += factor * step[n + k];
  for (let k = 0; k < at.nu.length; k++) at.nu[k] += factor * step[n + s + k];
  at.gamma += factor * step[step.length - 2];
  at.kappa += factor * step[step.length - 1];
}

/**
 * ReLU with every unit off whose preactivation is within the width of 0: its kinks are constraints. Steep,
 * like a ramp, so that it is not asked whether it is homogeneous to the last bit.
 */
export function gatedRelu(width: number): Pointwise {
  return {
    name: `gated-relu(${width})`,
    power: 1,
    smooth: false,
    steep: true,
    value: (z) => (z > width ? z : 0),
    slope: (z) => (z > width ? 1 : 0),
    curvature: () => 0,
  };
}
