import type { KktPoint, LimitCertificate, SaddleVisit, Stability } from '../../src/flows/index.js';

/** A certificate that holds, made up. */
export const soundCertificate: LimitCertificate = {
  limit: {
    direction: Float64Array.of(1, 0),
    margin: 0.5,
    multipliers: Float64Array.of(0.4, 0.6, 0),
    support: [0, 1],
    kinks: [],
    residual: 1e-15,
    feasibility: 1e-15,
    smallestMultiplier: 0.8,
    slack: 0.1,
    rounding: 1e-15,
    stability: { lambda: 0.1, unstable: 0, flat: 0, tangent: 3 },
    iterations: 5,
    converged: true,
    message: 'The approach came to rest after 5 steps, with 2 active constraints.',
  },
  startAlphas: [1e3, 1e4, 1e5],
  angles: [0.1, 0.05, 0.025],
  agreement: [1e-12, 1e-14, 0],
  marginAgreement: [1e-15, 1e-15, 0],
  expectedRatios: [],
  predictedRatio: 0.5,
  measuredRatios: [0.5, 0.5],
  doubts: [],
};

/** The same where its limit is another. */
export function withLimit(
  change: Partial<KktPoint>,
  stability: Partial<Stability> = {},
): LimitCertificate {
  const { limit } = soundCertificate;
  const own = { ...limit, ...change, stability: { ...limit.stability, ...stability } };
  return { ...soundCertificate, limit: own };
}

/** A stretch near a KKT point that is not stable. */
export const visit: SaddleVisit = {
  margin: 0.3,
  lambda: 1.9,
  unstable: 1,
  fromAlpha: 100,
  toAlpha: 1e4,
  nearest: 0.05,
  stays: false,
};
