import { requireCurved } from '../../losses/loss.js';
import type { Objective } from '../../losses/objective.js';
import { requireDegree } from '../../networks/degree.js';
import { logSubExp } from '../../numerics/logarithms.js';
import { dot, norm } from '../../numerics/vectors.js';
import type { OdeSystem } from '../stepper.js';

/**
 * Gradient flow θ′ = −∇𝓛(θ) of an L-homogeneous network, in the direction w = θ/‖θ‖, the log-norm
 * log ρ = log ‖θ‖, and a clock τ with dτ = ρ^{L−2} |ℓ′(α)| dt, in which neither the loss nor the time
 * (t ≈ e^α) is ever formed:
 *
 *   dw/dτ = (I − wwᵀ) Σ q ∇p(w),   d log ρ/dτ = L Σ q p(w),   q = ∂α/∂p at the margins ρ^L p(w).
 *
 * Two quantities are integrated beside the state. The path length ζ swept by w has dζ/dτ = ‖dw/dτ‖.
 * The time is carried as u = g − log(t + t₀) with g = log dt/dτ = −log|ℓ′(α)| + (2 − L) log ρ, since u
 * stays of order log α where log t grows like α: du/dτ = dg/dτ − e^u. The shift t₀ = dt/dτ at the start
 * makes u = 0 there.
 *
 * The unknowns are stored as y = [w, log ρ, ζ, u].
 */
export interface DirectionSystem extends OdeSystem {
  readonly objective: Objective;
  /** L. */
  readonly degree: number;
  /** g = log dt/dτ at a point with the given α and log ρ. */
  logTimeRate(alpha: number, logNorm: number): number;
}

/** Index of log ρ, ζ and u in y, for a direction of n numbers. */
export function stateIndices(n: number): { logNorm: number; pathLength: number; time: number } {
  return { logNorm: n, pathLength: n + 1, time: n + 2 };
}

interface SecondOrder {
  readonly byParameters: Float64Array;
  readonly byLogScale: Float64Array;
  readonly dualMargins: Float64Array;
}

/**
 * The system of an objective. Throws where its network is not homogeneous; its Jacobian throws where the
 * loss has no second derivatives.
 */
export function directionSystem(objective: Objective): DirectionSystem {
  const degree = requireDegree(objective.network.degree, 'The flow in direction and log-norm');
  const { loss, parameters: n } = objective;
  const at = stateIndices(n);
  const w = new Float64Array(n);
  const size = n + 3;
  const slope = new Float64Array(size);
  let second: SecondOrder | undefined;

  function field(y: Float64Array, into: Float64Array): void {
    w.set(y.subarray(0, n));
    const scale = Math.exp(degree * y[at.logNorm]);
    const { margins, q, gradient, alpha } = objective.evaluate(w, scale);
    const radial = dot(w, gradient);
    const along = degree * dot(q, margins);
    let squares = 0;
    for (let i = 0; i < n; i++) {
      const value = gradient[i] - radial * w[i];
      into[i] = value;
      squares += value * value;
    }
    into[at.logNorm] = along;
    into[at.pathLength] = Math.sqrt(squares);
    const alphaRate = scale * (squares + along * along);
    const rate = loss.slopeDecay(alpha) * alphaRate + (2 - degree) * along;
    into[at.time] = rate - Math.exp(y[at.time]);
  }

  function jacobian(y: Float64Array, into: Float64Array): void {
    const curved = requireCurved(loss, 'The Jacobian of the flow');
    field(y, slope);
    const scale = Math.exp(degree * y[at.logNorm]);
    const { gradient, q, margins, alpha } = objective.evaluate(w, scale);
    const radial = dot(w, gradient);
    // n×n numbers, which only the full implicit method needs.
    second ??= {
      byParameters: new Float64Array(n * n),
      byLogScale: new Float64Array(n),
      dualMargins: new Float64Array(n),
    };
    const byScale = objective.secondOrder(
      w, scale, second.byParameters, second.byLogScale, second.dualMargins,
    ); // prettier-ignore
    into.fill(0);
    projectDerivative(second.byParameters, w, gradient, radial, n, size, into);
    const byRadial = dot(w, second.byLogScale);
    for (let i = 0; i < n; i++) {
      into[i * size + at.logNorm] = degree * (second.byLogScale[i] - byRadial * w[i]);
      into[at.logNorm * size + i] = degree * second.dualMargins[i];
    }
    into[at.logNorm * size + at.logNorm] = degree * degree * byScale;
    quadratureRows(into, slope, {
      n,
      scale,
      degree,
      gradient,
      along: degree * dot(q, margins),
      decay: loss.slopeDecay(alpha),
      decayChange: curved.within(alpha) * curved.across(alpha),
      time: y[at.time],
    });
  }

  return {
    objective,
    degree,
    size,
    field,
    jacobian,
    logTimeRate: (alpha, logNorm) => -loss.logSlope(alpha) + (2 - degree) * logNorm,
  };
}

/** Top left block: derivative of v − (w·v) w, from H = ∂v/∂w and v. */
function projectDerivative(
  h: Float64Array,
  w: Float64Array,
  v: Float64Array,
  radial: number,
  n: number,
  size: number,
  into: Float64Array,
): void {
  const wh = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    for (let j = 0, p = i * n; j < n; j++) wh[j] += w[i] * h[p++];
  }
  for (let i = 0; i < n; i++) {
    const row = i * size;
    for (let j = 0, p = i * n; j < n; j++) into[row + j] = h[p++] - w[i] * (wh[j] + v[j]);
    into[row + i] -= radial;
  }
}

interface QuadratureRowTerms {
  readonly n: number;
  readonly scale: number;
  readonly degree: number;
  readonly gradient: Float64Array;
  readonly along: number;
  readonly decay: number;
  /** Derivative of `decay` by α: σ(α)σ(−α) for the logistic loss, 0 for the exponential one. */
  readonly decayChange: number;
  readonly time: number;
}

/** The rows of ζ and u are combinations of the rows above them. */
function quadratureRows(into: Float64Array, slope: Float64Array, terms: QuadratureRowTerms): void {
  const { n, scale, degree, gradient, along, decay } = terms;
  const size = n + 3;
  const at = stateIndices(n);
  const speed = slope[at.pathLength];
  const lengthRow = at.pathLength * size;
  const timeRow = at.time * size;
  for (let i = 0; i < n; i++) {
    const value = slope[i];
    if (value === 0) continue;
    const row = i * size;
    for (let j = 0; j <= n; j++) into[lengthRow + j] += value * into[row + j];
  }
  for (let j = 0; j <= n; j++) {
    const normRow = into[at.logNorm * size + j];
    into[timeRow + j] =
      decay * 2 * scale * (into[lengthRow + j] + along * normRow) + (2 - degree) * normRow;
    into[lengthRow + j] = speed > 0 ? into[lengthRow + j] / speed : 0;
  }
  const alphaRate = scale * (speed * speed + along * along);
  const change = terms.decayChange * alphaRate * scale;
  for (let j = 0; j < n; j++) into[timeRow + j] += change * gradient[j];
  into[timeRow + at.logNorm] += decay * degree * alphaRate + change * along;
  into[timeRow + at.time] = -Math.exp(terms.time);
}

/** log t from u, where log(t + t₀) = g − u, with `rate` g and `logShift` log t₀; −∞ at the start of a run. */
export function logTimeOf(rate: number, u: number, logShift: number): number {
  const shifted = rate - u;
  return shifted <= logShift ? -Infinity : logSubExp(shifted, logShift);
}

/** Scales the direction part of y, its first n numbers, back to unit norm, in place. */
export function renormalize(y: Float64Array, n: number): void {
  const length = norm(y.subarray(0, n));
  for (let i = 0; i < n; i++) y[i] /= length;
}
