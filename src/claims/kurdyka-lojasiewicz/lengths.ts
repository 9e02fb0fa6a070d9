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

/** What a flow has left at α, as its limit predicts it. */
type Left = Pick<Remaining, 'gap' | 'length'>;

/** Eigenvalues this near to 1 count as 1: a part that does not move. */
const AT_REST = 1e-6;
/** Simpson's rule over each stretch between two powers of ten takes so many panels. */
const PANELS = 64;

/**
 * What is left at the α of some rows, as the limit's curvature predicts it from where the run was at the first of them: its
 * deviation from the limit has parts c_k there, each of which falls like (α/α₀)^{−r_k}, as 1/α across the constraints.
 * The length is that of the path to the last α, and the angle to the limit from there. The margin that is left is
 * γ [Σ L² r_k c_k²/2 + H/α] with the parts' sizes at α, where H is the entropy of the limit's multipliers: motion across θ
 * and growth along it. Undefined where the first α is too far from the limit, or the limit is not known.
 */
export function predictedCourse(
  { decadePoints, decadeMeasures, certificate, problem }: FlowRecord,
  rows: readonly Pick<Remaining, 'alpha'>[],
): Left[] | undefined {
  const alphas = rows.map(({ alpha }) => alpha);
  const from = decadePoints.findIndex(({ alpha }) => alpha === alphas[0]);
  const deviation = decadeMeasures[from]?.deviation;
  if (!deviation) return undefined;
  const { margin, multipliers } = certificate.limit;
  // Along a manifold of limits nothing moves: the run goes to the point of it that is nearest.
  const parts = [...deviation.rates]
    .map((rate, k) => ({ rate, size: deviation.sizes[k] }))
    .filter(({ rate }) => rate > AT_REST);
  parts.push({ rate: 1, size: deviation.across });
  const sumOf = (logRatio: number, square: (rate: number, size: number) => number) =>
    parts.reduce((sum, { rate, size }) => sum + square(rate, size * Math.exp(-rate * logRatio)), 0);
  const speed = (logRatio: number) => Math.sqrt(sumOf(logRatio, (rate, c) => (rate * c) ** 2));
  const logRatios = alphas.map((alpha) => Math.log(alpha / alphas[0]));
  const end = Math.sqrt(sumOf(logRatios[logRatios.length - 1], (_, c) => c * c));
  const stretches = logRatios.slice(1).map((to, k) => simpson(speed, logRatios[k], to));
  return alphas.map((alpha, k) => {
    const across = sumOf(logRatios[k], (rate, c) => (problem.degree ** 2 * rate * c * c) / 2);
    const length = stretches.slice(k).reduce((sum, stretch) => sum + stretch, end);
    return { gap: margin * (across + entropyOf(multipliers) / alpha), length };
  });
}

function simpson(f: (x: number) => number, from: number, to: number): number {
  const step = (to - from) / PANELS;
  let sum = f(from) + f(to);
  for (let k = 1; k < PANELS; k++) sum += (k % 2 === 1 ? 4 : 2) * f(from + k * step);
  return (sum * step) / 3;
}

/**
 * The power of a − γ̃ like which the remaining length falls as α → ∞. The distance to the limit falls like α^{−r} with
 * r = (1 − λ)/L, and a − γ̃ has a part like the square of that and one like 1/α: ½, or r where that is more. A linear
 * model has no λ.
 */
export function finalPower({ certificate, problem }: FlowRecord): number {
  const { lambda } = certificate.limit.stability;
  const rate = (1 - (Number.isNaN(lambda) ? 0 : lambda)) / problem.degree;
  return Math.max(0.5, rate);
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
  const entropy = entropyOf(duals.q);
  return (Math.tan(alignmentAngle) ** 2 * (alpha + entropy)) / entropy;
}

function entropyOf(weights: Float64Array): number {
  return -weights.reduce((sum, q) => sum + (q > 0 ? q * Math.log(q) : 0), 0);
}
