import type { Loss } from '../../src/losses/index.js';
import { logSumExp } from '../../src/numerics/logarithms.js';

/** ℓ(p) = e^{−p²} for p > 0: α = √(−log Σ e^{−p²}), and q = p e^{−p²} / (α Σ e^{−p²}). */
export const gaussian: Loss = {
  name: 'gaussian',
  dual(margins, _pairs, q) {
    for (let i = 0; i < margins.length; i++) q[i] = -(margins[i] ** 2);
    const total = logSumExp(q);
    const alpha = Math.sqrt(-total);
    margins.forEach((p, i) => (q[i] = (p / alpha) * Math.exp(q[i] - total)));
    return alpha;
  },
  logRisk: (alpha) => -(alpha ** 2),
  logSlope: (alpha) => Math.log(2 * alpha) - alpha ** 2,
  slopeDecay: (alpha) => 2 * alpha - 1 / alpha,
};

/** ℓ(p) = 1/p for p > 0: 1/α = Σ 1/p, and q = (α/p)². */
export const polynomial: Loss = {
  name: 'polynomial',
  dual(margins, _pairs, q) {
    const alpha = 1 / margins.reduce((sum, p) => sum + 1 / p, 0);
    margins.forEach((p, i) => (q[i] = (alpha / p) ** 2));
    return alpha;
  },
  logRisk: (alpha) => -Math.log(alpha),
  logSlope: (alpha) => -2 * Math.log(alpha),
  slopeDecay: (alpha) => 2 / alpha,
};
