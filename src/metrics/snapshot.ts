import { exampleMargins, type Objective } from '../losses/index.js';
import { degreeOrZero } from '../networks/degree.js';
import { dot, norm, normalized } from '../numerics/vectors.js';

/**
 * Everything that the metrics need at one point of a run, computed once. The point is θ = e^{logNorm}·w.
 * For a network of degree L all quantities are taken at w, of unit norm; where there is no degree, at
 * θ itself with L = 0, so that "normalized" then means "left as it is".
 */
export interface Snapshot {
  readonly objective: Objective;
  /** w = θ/‖θ‖. */
  readonly direction: Float64Array;
  readonly logNorm: number;
  /** L, or 0 where the network has no degree. */
  readonly degree: number;
  /** ℓ⁻¹(𝓛): grows like the smallest margin, without bound as the risk vanishes. */
  readonly alpha: number;
  /** log 𝓛. */
  readonly logRisk: number;
  /** Margins of every pair divided by ‖θ‖^L. */
  readonly pairMargins: Float64Array;
  /** The smallest of them for each example: the margin distribution. */
  readonly margins: Float64Array;
  /** Dual variables q = ∂α/∂p. */
  readonly dual: Float64Array;
  /** Σ q ∇p at w (at θ where there is no degree). */
  readonly gradient: Float64Array;
}

/**
 * The snapshot at direction w, of unit norm, and log-norm, by one evaluation of the risk and its gradient.
 * Later evaluations leave it as it is.
 */
export function snapshot(objective: Objective, direction: Float64Array, logNorm: number): Snapshot {
  const degree = degreeOrZero(objective.network.degree);
  const homogeneous = objective.network.degree.homogeneous;
  const length = Math.exp(logNorm);
  const point = homogeneous ? direction : direction.map((value) => length * value);
  const scale = homogeneous ? Math.exp(degree * logNorm) : 1;
  const state = objective.evaluate(point, scale);
  const pairMargins = state.margins.slice();
  return {
    objective,
    direction,
    logNorm,
    degree,
    alpha: state.alpha,
    logRisk: objective.loss.logRisk(state.alpha),
    pairMargins,
    margins: exampleMargins(pairMargins, objective.pairs),
    dual: state.q.slice(),
    gradient: state.gradient.slice(),
  };
}

/** The snapshot at parameters θ. Throws where θ is zero or not finite: it has no direction. */
export function snapshotAt(objective: Objective, theta: Float64Array): Snapshot {
  return snapshot(objective, normalized(theta), Math.log(norm(theta)));
}

/**
 * cos(θ, −∇𝓛(θ)), in [−1, 1], without the loss: for a homogeneous network L Σ q p / ‖∇α‖ by Euler's
 * identity, with the tangential part of the gradient computed apart, so that the cosine keeps its digits
 * near 1. It goes to 1 where Theorem 4.1 of Ji & Telgarsky 2020 (arXiv 2006.06657) applies.
 */
export function alignment(at: Snapshot): number {
  const { direction, gradient, degree, dual, pairMargins } = at;
  const inner = dot(direction, gradient);
  const radial = degree > 0 ? degree * dot(dual, pairMargins) : inner;
  const across = Math.sqrt(tangentSquares(at, inner));
  return radial / Math.hypot(radial, across);
}

/** The angle between θ and −∇𝓛 in radians, in [0, π]: 1 − cosine loses it below 1e-8, this does not. */
export function alignmentAngle(at: Snapshot): number {
  const { direction, gradient, degree, dual, pairMargins } = at;
  const inner = dot(direction, gradient);
  const radial = degree > 0 ? degree * dot(dual, pairMargins) : inner;
  return Math.atan2(Math.sqrt(tangentSquares(at, inner)), radial);
}

function tangentSquares({ direction, gradient }: Snapshot, inner: number): number {
  let sum = 0;
  for (let i = 0; i < direction.length; i++) sum += (gradient[i] - inner * direction[i]) ** 2;
  return sum;
}
