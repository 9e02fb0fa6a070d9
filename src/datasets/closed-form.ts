import { makeDataset, type Dataset } from './dataset.js';

/**
 * A known point of: minimise ½‖θ‖² subject to p_i(θ) = y_i Φ(x_i; θ) ≥ 1, with its certificate.
 * KKT: θ = Σ λ_i ∇p_i(θ), λ ≥ 0, λ_i (p_i − 1) = 0; then ‖θ‖² = L Σ λ_i.
 */
export interface KnownSolution {
  /** linear: Φ = w·x. two-layer-relu: Φ = Σ_j a_j max(0, w_j·x). */
  readonly network: 'linear' | 'two-layer-relu';
  /** L. */
  readonly homogeneity: number;
  /** Linear: w. Two-layer: hidden weights width×d row-major, then `width` output weights. */
  readonly parameters: Float64Array;
  /** λ, one for each example. */
  readonly multipliers: Float64Array;
  /** Normalised margin min_i p_i/‖θ‖^L = 1/‖θ‖^L. */
  readonly margin: number;
  /** global: no parameters of that network have a larger margin. kkt-only: some have. */
  readonly optimality: 'global' | 'kkt-only';
}

/**
 * One positive and one negative point in R^d, linear network without bias.
 *
 * With z₁ = x₊ and z₂ = −x₋ the maximum-margin direction is that of the point z of the segment
 * [z₁, z₂] nearest to the origin, and w = z/‖z‖²: z = (1−t) z₁ + t z₂ with
 * t = clip(z₁·(z₁−z₂)/‖z₁−z₂‖², 0, 1), λ = (1−t, t)/‖z‖², margin ‖z‖. For z₁ = z₂ the multipliers
 * are one choice of many. Throws when the lengths differ or z = 0 (not separable through the origin).
 */
export function twoPoints(
  positive: readonly number[],
  negative: readonly number[],
): { readonly dataset: Dataset; readonly solution: KnownSolution } {
  if (positive.length !== negative.length) {
    throw new Error(
      `twoPoints: expected points of the same dimension, found ${positive.length} and ${negative.length}.`,
    );
  }
  const z1 = [...positive];
  const z2 = negative.map((value) => -value);
  const difference = z1.map((value, k) => value - z2[k]);
  const squared = dot(difference, difference);
  const t = squared === 0 ? 0 : Math.min(1, Math.max(0, dot(z1, difference) / squared));
  const nearest = z1.map((value, k) => (1 - t) * value + t * z2[k]);
  const z = dot(nearest, nearest);
  if (z <= 1e-28 * Math.max(dot(z1, z1), dot(z2, z2))) {
    throw new Error('twoPoints: expected points that a hyperplane through the origin separates.');
  }
  const dataset = makeDataset({
    name: 'two-points',
    source: `closed form: (${positive.join(', ')}) is +1, (${negative.join(', ')}) is −1`,
    dimension: positive.length,
    classes: 2,
    inputs: [...positive, ...negative],
    labels: [1, -1],
  });
  const parameters = nearest.map((value) => value / z);
  return { dataset, solution: linearSolution(parameters, [(1 - t) / z, t / z]) };
}

/**
 * x with label +1 and −x with label −1. Linear: w = x/‖x‖², margin ‖x‖. Two-layer ReLU without bias:
 * one neuron for each point, w₁ = x/‖x‖^{3/2} = −w₂, a₁ = ‖x‖^{−1/2} = −a₂, λ = 1/‖x‖ twice, margin
 * ‖x‖/4, half of what the same layers reach without the ReLU. It is global at every width ≥ 2: with
 * C = Σ|a_j|‖w_j‖ ≤ ½‖θ‖², Φ(x) ≥ 1 needs ‖x‖⁻¹ of C from neurons with a_j > 0 and −Φ(−x) ≥ 1 as much
 * from neurons with a_j < 0, so ‖θ‖² ≥ 4/‖x‖. Throws when x = 0.
 */
export function symmetricPair(x: readonly number[]): {
  readonly dataset: Dataset;
  readonly linear: KnownSolution;
  readonly relu: KnownSolution;
} {
  const opposite = x.map((value) => -value);
  const pair = twoPoints(x, opposite);
  const source = `closed form: (${x.join(', ')}) is +1, its opposite is −1`;
  const dataset = makeDataset({ ...pair.dataset, name: 'symmetric-pair', source });
  const relu = oneNeuronEach([x, opposite], [1, -1]);
  return { dataset, linear: pair.solution, relu };
}

/**
 * A limit of gradient flow that is a KKT point and not even a local optimum, after Vardi, Shamir and
 * Srebro (arXiv 2110.02732; the instance as we understand it, the numbers derived here).
 *
 * Two examples (±1, ¼), both labelled +1, and a two-layer ReLU network of width 2. From `start`,
 * w₁ = (0, 3), w₂ = (0, −2), a = (3, 2), the second neuron is off on both examples and never moves,
 * and by symmetry w₁ keeps its direction. So the direction tends to `limit`: w₁ = (0, 2), a₁ = 2, the
 * rest 0, λ = (2, 2), margin 1/8. `optimum` has a neuron for each example, w_i = x_i/‖x‖^{3/2},
 * a_i = ‖x‖^{−1/2}, λ_i = 1/‖x‖, margin ‖x‖/4 = √17/16 = 0.2577; it is global at every width ≥ 2,
 * since max over ‖u‖ = 1 of Σ λ_i max(0, u·x_i) is 1, the value of the dual problem's constraint.
 */
export function suboptimalLimit(): {
  readonly dataset: Dataset;
  readonly start: Float64Array;
  readonly limit: KnownSolution;
  readonly optimum: KnownSolution;
} {
  const dataset = makeDataset({
    name: 'suboptimal-limit',
    source: 'closed form: (1, ¼) and (−1, ¼), both +1, after Vardi, Shamir and Srebro 2021',
    dimension: 2,
    classes: 2,
    inputs: [1, 0.25, -1, 0.25],
    labels: [1, 1],
  });
  const limit: KnownSolution = {
    network: 'two-layer-relu',
    homogeneity: 2,
    parameters: Float64Array.of(0, 2, 0, 0, 2, 0),
    multipliers: Float64Array.of(2, 2),
    margin: 1 / 8,
    optimality: 'kkt-only',
  };
  const optimum = oneNeuronEach(
    [
      [1, 0.25],
      [-1, 0.25],
    ],
    [1, 1],
  );
  return { dataset, start: Float64Array.of(0, 3, 0, -2, 3, 2), limit, optimum };
}

/** The known solution of a linear network, from w with min p_i = 1 and its multipliers. */
export function linearSolution(
  parameters: ArrayLike<number>,
  multipliers: ArrayLike<number>,
): KnownSolution {
  const w = Float64Array.from(parameters);
  return {
    network: 'linear',
    homogeneity: 1,
    parameters: w,
    multipliers: Float64Array.from(multipliers),
    margin: 1 / Math.sqrt(dot(w, w)),
    optimality: 'global',
  };
}

/** Two points of equal length that share no neuron: w_i = x_i/‖x‖^{3/2}, a_i = y_i ‖x‖^{−1/2}. */
function oneNeuronEach(
  points: readonly (readonly number[])[],
  labels: readonly number[],
): KnownSolution {
  const length = Math.sqrt(dot(points[0], points[0]));
  const hidden = points.flatMap((x) => x.map((value) => value / length ** 1.5));
  const output = labels.map((y) => y / Math.sqrt(length));
  return {
    network: 'two-layer-relu',
    homogeneity: 2,
    parameters: Float64Array.from([...hidden, ...output]),
    multipliers: Float64Array.from(labels, () => 1 / length),
    margin: length / 4,
    optimality: 'global',
  };
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}
