import type { Objective } from '../losses/index.js';
import { dot, maxAbs, quantile } from '../numerics/vectors.js';

/**
 * Margins on both sides of θ along the ray r·θ, at r = e^{±step}: what the scores do when all
 * parameters grow together. Each example is represented by its smallest margin f, the same pair of
 * classes on both sides.
 */
export interface RadialMargins {
  readonly step: number;
  /** f(e^step·θ), one for each example. */
  readonly above: Float64Array;
  /** f(e^−step·θ). */
  readonly below: Float64Array;
}

/**
 * The step at which rounding and curvature weigh the same in float64, 2⁻¹⁷. An engine in float32
 * needs about 0.005.
 */
export const RADIAL_STEP = 2 ** -17;

/**
 * Each example's smallest margin at e^{±step}·θ, of one pair at both, by two passes through the examples.
 * Throws a RangeError for a step that is not positive.
 */
export function radialMargins(
  objective: Objective,
  theta: Float64Array,
  step = RADIAL_STEP,
): RadialMargins {
  if (!(step > 0)) throw new RangeError(`The radial step is ${step}; expected a positive number.`);
  const { pairs, examples } = objective;
  const at = (r: number) => objective.margins(theta.map((value) => r * value)).slice();
  const [above, below] = [at(Math.exp(step)), at(Math.exp(-step))];
  if (pairs === 1) return { step, above, below };
  const chosen = Int32Array.from({ length: examples }, (_, i) => {
    let best = i * pairs;
    for (let j = best + 1; j < (i + 1) * pairs; j++) {
      if (above[j] + below[j] < above[best] + below[best]) best = j;
    }
    return best;
  });
  const pick = (values: Float64Array) => Float64Array.from(chosen, (j) => values[j]);
  return { step, above: pick(above), below: pick(below) };
}

/** How fast margins grow with the parameters, as a power. */
export interface EffectiveDegree {
  /**
   * d log|f(rθ)| / d log r at r = 1 = ⟨∇f, θ⟩/f for each example, L for every one of a network of
   * degree L. NaN where f is 0 or changes its sign within the step.
   */
  readonly degrees: Float64Array;
  /** ⟨Σ q ∇p, θ⟩ / Σ q p with the dual variables q at θ: the degree that the gradient sees. */
  readonly weighted: number;
}

/**
 * The degree that a network behaves as if it had at θ, by central differences along θ: right to about 1e-9
 * in float64. Throws a RangeError for a step that is not positive.
 */
export function effectiveDegree(
  objective: Objective,
  theta: Float64Array,
  step = RADIAL_STEP,
): EffectiveDegree {
  const degrees = radialDegrees(radialMargins(objective, theta, step));
  const { gradient, q, margins } = objective.evaluate(theta, 1);
  return { degrees, weighted: dot(gradient, theta) / dot(q, margins) };
}

/**
 * The degrees alone, one for each example, from margins that are there already; NaN where a margin is 0 or
 * changes its sign.
 */
export function radialDegrees({ above, below, step }: RadialMargins): Float64Array {
  return above.map((value, i) =>
    value * below[i] > 0 ? Math.log(value / below[i]) / (2 * step) : NaN,
  );
}

/** Quantiles, one for each of the fractions in [0, 1], of the degrees that are numbers; NaN where none is. */
export function degreeQuantiles(
  { degrees }: Pick<EffectiveDegree, 'degrees'>,
  fractions: readonly number[],
): number[] {
  const known = degrees.filter((value) => !Number.isNaN(value));
  return fractions.map((fraction) => quantile(known, fraction));
}

/** How far a network is from homogeneity of a given degree at one θ. */
export interface NearHomogeneity {
  readonly degree: number;
  /** |⟨∇f, θ⟩ − M f| for each example. */
  readonly residuals: Float64Array;
  /** The same divided by |f|; Infinity where f is 0 and the residual is not. */
  readonly relative: Float64Array;
  readonly largest: number;
  readonly median: number;
  readonly largestRelative: number;
  readonly medianRelative: number;
}

/**
 * The residual of near-homogeneity (Cai et al. 2025): a network is near-M-homogeneous where
 * |⟨∇f(x; θ), θ⟩ − M f(x; θ)| ≤ p′(‖θ‖) for a polynomial p of degree at most M. This is the left side, for
 * each example's smallest margin f. The difference is taken of r^−M f(rθ), so that a homogeneous
 * network has 0 but for rounding (about 1e-11 of |f|).
 */
export function nearHomogeneity(
  objective: Objective,
  theta: Float64Array,
  degree: number,
  step = RADIAL_STEP,
): NearHomogeneity {
  return radialResiduals(radialMargins(objective, theta, step), degree);
}

/** The same from margins that are there already. */
export function radialResiduals(
  { above, below, step }: RadialMargins,
  degree: number,
): NearHomogeneity {
  const shrink = Math.exp(-degree * step);
  const residuals = above.map(
    (value, i) => Math.abs(shrink * value - below[i] / shrink) / (2 * step),
  );
  const relative = residuals.map((value, i) =>
    value === 0 ? 0 : value / Math.abs((shrink * above[i] + below[i] / shrink) / 2),
  );
  return {
    degree,
    residuals,
    relative,
    largest: maxAbs(residuals),
    median: quantile(residuals, 0.5),
    largestRelative: maxAbs(relative),
    medianRelative: quantile(relative, 0.5),
  };
}
