import { logSumExp } from '../numerics/logarithms.js';
import type { Loss } from './loss.js';

/**
 * A loss ℓ(p) = e^{−f(p)} for p ≥ 0, with f(0) = 0, f increasing and of slope f′(0) there; below 0 it goes on as
 * e^{−f′(0) p}, so that its slope has no jump.
 */
interface Tail {
  readonly f: (p: number) => number;
  readonly slope: (p: number) => number;
  /** f″/f′. */
  readonly bend: (p: number) => number;
  readonly inverse: (value: number) => number;
}

/**
 * ℓ(p) = (1 + p/(k+1))^{−k} for p ≥ 0: a tail that falls like p^{−k}, k = `power` > 0, and no exponential one. A
 * flow on it does not maximise the margin but α itself, whose limit is (Σ p^{−k})^{−1/k} up to a factor; see
 * `powerMargin`. Throws where k is not a positive number.
 */
export function polynomialLoss(power: number): Loss {
  requirePositive('polynomialLoss', 'power', power);
  const scale = power + 1;
  return lossOf(`polynomial, power ${power}`, {
    f: (p) => power * Math.log1p(p / scale),
    slope: (p) => power / (scale + p),
    bend: (p) => -1 / (scale + p),
    inverse: (value) => scale * Math.expm1(value / power),
  });
}

/**
 * ℓ(p) = exp(−((1 + p)^β − 1)/β) for p ≥ 0: lighter than the exponential loss for β = `exponent` > 1 (β = 2 is
 * e^{−p − p²/2}), heavier for β < 1, and still lighter than any power, so that a flow on it maximises the margin.
 * Throws where β is not a positive number.
 */
export function stretchedLoss(exponent: number): Loss {
  requirePositive('stretchedLoss', 'exponent', exponent);
  return lossOf(`stretched, exponent ${exponent}`, {
    f: (p) => Math.expm1(exponent * Math.log1p(p)) / exponent,
    slope: (p) => (1 + p) ** (exponent - 1),
    bend: (p) => (exponent - 1) / (1 + p),
    inverse: (value) => Math.expm1(Math.log1p(exponent * value) / exponent),
  });
}

/**
 * ℓ(p) = max(0, 1 − p)²: no tail at all. It is zero from p = 1 on, where descent stops at finite weights, and
 * α = 1 − √𝓛 goes to 1.
 */
export const squaredHinge: Loss = {
  name: 'squared hinge',
  dual(margins, _pairs, q) {
    let squares = 0;
    for (let i = 0; i < margins.length; i++) {
      q[i] = Math.max(0, 1 - margins[i]);
      squares += q[i] * q[i];
    }
    const root = Math.sqrt(squares);
    if (root > 0) for (let i = 0; i < q.length; i++) q[i] /= root;
    return 1 - root;
  },
  logRisk: (alpha) => 2 * Math.log(1 - alpha),
  logSlope: (alpha) => Math.log(2 * (1 - alpha)),
  slopeDecay: (alpha) => 1 / (1 - alpha),
};

/** The loss in log-domain: log 𝓛 = logsumexp(−f(p)), and q = e^{f(α) − f(p)} f′(p)/f′(α). */
function lossOf(name: string, { f, slope, bend, inverse }: Tail): Loss {
  const first = slope(0);
  const logLoss = (p: number) => (p >= 0 ? -f(p) : -first * p);
  const slopeAt = (p: number) => (p >= 0 ? slope(p) : first);
  return {
    name,
    dual(margins, _pairs, q) {
      for (let i = 0; i < margins.length; i++) q[i] = logLoss(margins[i]);
      const logRisk = logSumExp(q);
      const alpha = logRisk <= 0 ? inverse(-logRisk) : -logRisk / first;
      const below = slopeAt(alpha);
      for (let i = 0; i < margins.length; i++) {
        q[i] = Math.exp(q[i] - logRisk) * (slopeAt(margins[i]) / below);
      }
      return alpha;
    },
    logRisk: logLoss,
    logSlope: (alpha) => Math.log(slopeAt(alpha)) + logLoss(alpha),
    slopeDecay: (alpha) => (alpha >= 0 ? slope(alpha) - bend(alpha) : first),
  };
}

function requirePositive(what: string, name: string, value: number): void {
  if (value > 0 && Number.isFinite(value)) return;
  throw new Error(`${what}: expected ${name} to be a positive number, found ${value}.`);
}
