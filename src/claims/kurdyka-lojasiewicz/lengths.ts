import { angleBetween } from '../../numerics/vectors.js';
import type { FlowPoint } from '../../flows/index.js';
import type { FlowRecord } from '../../records/index.js';

/** A flow at α = 10^k, as the inequality sees it. */
export interface Remaining {
  readonly alpha: number;
  /** a − γ̃: how far the smoothed margin is from its limit. */
  readonly gap: number;
  /** ζ_∞ − ζ: the length of path that is left, radians. */
  readonly length: number;
  /**
   * How much of the rise of γ̃ comes from the motion across θ, for one part that comes from growth along θ;
   * NaN where the run does not carry its dual variables.
   */
  readonly share: number;
}

/**
 * What is left at the powers of ten of α. What is left at the last of them is taken for the angle from there to the
 * certified limit: late paths are straight.
 */
export function remaining(run: FlowRecord): Remaining[] {
  const { decadePoints, certificate, problem } = run;
  const { direction, margin } = certificate.limit;
  if (decadePoints.length === 0) return [];
  const last = decadePoints[decadePoints.length - 1];
  const tail = angleBetween(last.direction, direction);
  return decadePoints.map((point) => ({
    alpha: point.alpha,
    gap: margin - point.alpha / Math.exp(problem.degree * point.logNorm),
    length: last.pathLength - point.pathLength + tail,
    share: acrossShare(point),
  }));
}

/**
 * The power of a − γ̃ like which the remaining length should fall. The distance to the limit falls like α^{−r}, r =
 * (1 − λ)/L, and a − γ̃ has a part like the square of that and one like 1/α. The first rises γ̃ by motion across θ, the second
 * by growth along θ; with `share` of the first for one of the second the power is (share/2 + r)/(share + 1). Without a
 * share, the power in the limit α → ∞: ½, or r where that is more. A linear model has no λ.
 */
export function predictedPower({ certificate, problem }: FlowRecord, share = NaN): number {
  const { lambda } = certificate.limit.stability;
  const rate = (1 - (Number.isNaN(lambda) ? 0 : lambda)) / problem.degree;
  return Number.isNaN(share) ? Math.max(0.5, rate) : (share / 2 + rate) / (share + 1);
}

/** The slope of log length against log gap, by least squares; NaN for fewer than two rows. */
export function fittedPower(rows: readonly Pick<Remaining, 'gap' | 'length'>[]): number {
  const x = rows.map(({ gap }) => Math.log(gap));
  const y = rows.map(({ length }) => Math.log(length));
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const [meanX, meanY] = [mean(x), mean(y)];
  const covariance = x.reduce((sum, value, k) => sum + (value - meanX) * (y[k] - meanY), 0);
  return covariance / x.reduce((sum, value) => sum + (value - meanX) ** 2, 0);
}

/** tan² of the angle between θ and the velocity, over H(q)/α: the two parts of dγ̃/d log ‖θ‖ but for 1 + H/α. */
function acrossShare({ alpha, alignmentAngle, duals }: FlowPoint): number {
  if (duals === undefined || alignmentAngle === undefined) return NaN;
  const entropy = -duals.q.reduce((sum, q) => sum + (q > 0 ? q * Math.log(q) : 0), 0);
  return (Math.tan(alignmentAngle) ** 2 * (alpha + entropy)) / entropy;
}
