import type { RandomStream } from '../numerics/random.js';
import { linearSolution, type KnownSolution } from './closed-form.js';
import { makeDataset, type Dataset } from './dataset.js';
import {
  requireCount,
  requireNonNegative,
  requirePositive,
  seedWords,
  toStream,
  type Randomness,
} from './generation.js';

/** The size of a separable problem and the margin that it is to have. */
export interface SeparableGaussianOptions {
  /** n, at least `supportVectors`. */
  readonly examples: number;
  /** d, at least 2. */
  readonly dimension: number;
  /** m > 0, the ℓ2 margin: distance of the support vectors from the separating hyperplane. */
  readonly margin: number;
  /** Distance > 0 that all other examples keep from the support vectors' hyperplanes. */
  readonly gap: number;
  /** Standard deviation ≥ 0 within the hyperplanes, and of the distance beyond the gap (default 1). */
  readonly spread?: number;
  /** k = 2..d (default d: they span R^d, which is what uniqueness theorems ask for). */
  readonly supportVectors?: number;
}

/** A separable problem with its maximum-margin solution, known by construction. */
export interface SeparableGaussian {
  readonly dataset: Dataset;
  readonly solution: KnownSolution;
  /** The maximum-margin direction, unit length d. */
  readonly direction: Float64Array;
  /** Indices of the examples with p_i = 1 and λ_i > 0. */
  readonly support: readonly number[];
}

/**
 * Gaussian data whose maximum-margin classifier (linear, no bias) is known because it is planted.
 *
 * With a random unit direction u, signed examples z_i = y_i x_i are: k support vectors m u + s_i with
 * s_i ⟂ u, where s_1..s_{k−1} are Gaussian and s_k = −Σ c_i s_i/c_k with random weights c_i > 0 that
 * sum to 1; and n − k others (m + gap + |g|) u + s. Then w = u/m has z_i·w = 1 on the support and
 * more elsewhere, and Σ λ_i z_i = w with λ_i = c_i/m² > 0. These are the KKT conditions of a convex
 * problem, so w is its solution, with margin m. Labels alternate and the order is random.
 *
 * `random`: a seed (an integer) or a stream; the same seed gives the same bytes. Throws an Error of
 * one sentence when an option is out of range.
 */
export function separableGaussian(
  options: SeparableGaussianOptions,
  random: Randomness,
): SeparableGaussian {
  const { examples, dimension, margin, gap, spread, supportVectors } = validated(options);
  const stream = toStream('separableGaussian', random);
  const u = randomUnit(dimension, stream.split('direction'));
  const weights = randomWeights(supportVectors, stream.split('weights'));
  const points = stream.split('points');
  const balancing = new Float64Array(dimension);
  const signed: { z: Float64Array; lambda: number }[] = [];
  for (let i = 0; i < examples; i++) {
    const last = i === supportVectors - 1;
    const inSupport = i < supportVectors;
    const s = last
      ? balancing.map((value) => -value / weights[i])
      : orthogonalGaussian(u, spread, points);
    if (i < supportVectors - 1) s.forEach((value, k) => (balancing[k] += weights[i] * value));
    const height = inSupport ? margin : margin + gap + spread * Math.abs(points.normal());
    signed.push({
      z: s.map((value, k) => value + height * u[k]),
      lambda: inSupport ? weights[i] / margin ** 2 : 0,
    });
  }
  const ordered = stream.split('order').shuffle(signed);
  const labels = ordered.map((_, i) => (i % 2 === 0 ? 1 : -1));
  const dataset = makeDataset({
    name: 'separable-gaussian',
    source: `generated: Gaussian, planted margin ${margin}, ${supportVectors} support vectors${seedWords(random)}`,
    dimension,
    classes: 2,
    inputs: ordered.flatMap(({ z }, i) => Array.from(z, (value) => labels[i] * value)),
    labels,
  });
  const multipliers = ordered.map(({ lambda }) => lambda);
  const w = u.map((value) => value / margin);
  const support = multipliers.flatMap((lambda, i) => (lambda > 0 ? [i] : []));
  return { dataset, solution: linearSolution(w, multipliers), direction: u, support };
}

function validated(options: SeparableGaussianOptions): Required<SeparableGaussianOptions> {
  const { examples, dimension, margin, gap, spread = 1, supportVectors = dimension } = options;
  requireCount('separableGaussian', 'dimension', dimension, 2);
  requireCount('separableGaussian', 'supportVectors', supportVectors, 2);
  if (supportVectors > dimension) {
    throw new Error(
      `separableGaussian: expected at most ${dimension} support vectors in dimension ${dimension}, found ${supportVectors}.`,
    );
  }
  requireCount('separableGaussian', 'examples', examples, supportVectors);
  requirePositive('separableGaussian', 'margin', margin);
  requirePositive('separableGaussian', 'gap', gap);
  requireNonNegative('separableGaussian', 'spread', spread);
  return { examples, dimension, margin, gap, spread, supportVectors };
}

function randomUnit(dimension: number, stream: RandomStream): Float64Array {
  const direction = Float64Array.from({ length: dimension }, () => stream.normal());
  const norm = Math.sqrt(direction.reduce((sum, value) => sum + value * value, 0));
  return direction.map((value) => value / norm);
}

/** k weights > 0 that sum to 1, none smaller than a third of another: a well-conditioned support. */
function randomWeights(count: number, stream: RandomStream): Float64Array {
  const raw = Float64Array.from({ length: count }, () => 0.5 + stream.uniform());
  const sum = raw.reduce((total, value) => total + value, 0);
  return raw.map((value) => value / sum);
}

/** A Gaussian vector orthogonal to the unit vector u; projected twice, to rounding. */
function orthogonalGaussian(u: Float64Array, spread: number, stream: RandomStream): Float64Array {
  const s = u.map(() => spread * stream.normal());
  for (let pass = 0; pass < 2; pass++) {
    const along = s.reduce((sum, value, k) => sum + value * u[k], 0);
    s.forEach((value, k) => (s[k] = value - along * u[k]));
  }
  return s;
}
