import type { DualPotentialRecord } from '../../records/index.js';

/** Columns that judge and figures read off a run's dual potential. */

/** 𝒥/½(Lγ̃)² for each row: at least 1, and 1 in the limit. */
export function potentialRatio(run: DualPotentialRecord): Float64Array {
  const { potential, smoothedMargin, degree } = run;
  return potential.map((value, row) => value / (0.5 * (degree * smoothedMargin[row]) ** 2));
}

/** What the identity says it is: [1 + H(q)/α]²/cos², for each row. */
export function ratioByIdentity({ alpha, entropy, cosine }: DualPotentialRecord): Float64Array {
  return alpha.map((value, row) => ((1 + entropy[row] / value) / cosine[row]) ** 2);
}

/** (𝒥 − ½γ²)·s over KL(q*‖q₀), for each row of a linear model's run: at most 1. Empty for another run. */
export function boundShare({ potential, descent }: DualPotentialRecord): Float64Array {
  if (descent === undefined) return new Float64Array(0);
  const { margin, divergence, clock } = descent;
  return potential.map((value, row) => ((value - 0.5 * margin ** 2) * clock[row]) / divergence);
}

/** The largest rise of 𝒥 above what it had fallen to, between two values of α, relative to that, and both. */
export function largestRise(
  { alpha, potential }: Pick<DualPotentialRecord, 'alpha' | 'potential'>,
  from: number,
  to = Infinity,
): { readonly rise: number; readonly low: number; readonly high: number } {
  let lowest = Infinity;
  let found = { rise: 0, low: NaN, high: NaN };
  potential.forEach((value, row) => {
    if (!(alpha[row] > from && alpha[row] <= to)) return;
    lowest = Math.min(lowest, value);
    const rise = value / lowest - 1;
    if (!(rise <= found.rise)) found = { rise, low: lowest, high: value };
  });
  return lowest === Infinity ? { ...found, rise: NaN } : found;
}
