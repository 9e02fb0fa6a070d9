import { minimum, quantile } from '../numerics/vectors.js';
import type { Snapshot } from './snapshot.js';

/**
 * γ̄ = min pᵢ / ‖θ‖^L over the examples (Lyu & Li 2019, arXiv 1906.05890): positive just where all are
 * classified. Without a degree L is 0: the smallest margin as it is.
 */
export function normalizedMargin(at: Snapshot): number {
  return minimum(at.margins);
}

/**
 * γ̃ = α / ‖θ‖^L: with an exponential tail it never decreases along the flow once the data are separated
 * (Lyu & Li 2019); other tails promise nothing of the kind.
 */
export function smoothedMargin(at: Snapshot): number {
  return at.alpha * Math.exp(-at.degree * at.logNorm);
}

/**
 * Quantiles of the normalized margins over examples, one for each of the fractions in [0, 1]: 0 gives the
 * smallest margin, 0.5 the median.
 */
export function marginQuantiles(at: Snapshot, fractions: readonly number[]): number[] {
  return fractions.map((fraction) => quantile(at.margins, fraction));
}

/**
 * Share of examples with a margin that is not positive, in [0, 1]: the training error, or the test error on
 * test data. A margin that is NaN counts as an error.
 */
export function classificationError(at: Snapshot): number {
  return at.margins.filter((margin) => !(margin > 0)).length / at.margins.length;
}
