import { requireCurved, type Loss } from '../../losses/loss.js';
import { softmaxInto } from '../../numerics/logarithms.js';

/**
 * How the dual variables follow from their logarithms λᵢ = α − σᵢ, where σᵢ are the scaled margins of
 * the active pairs.
 */
export interface DualLaw {
  /**
   * 1 where λ is measured against the growing α, as it must be once α outgrows the precision of its
   * differences; 0 where it is measured against the α at which the step began.
   */
  readonly common: 0 | 1;
  /** q ← dual variables at λ. */
  weights(lambda: Float64Array, q: Float64Array): void;
  /** ∂q/∂λ = diag(q) − within·blockdiag(q qᵀ) − across·q qᵀ. */
  readonly within: number;
  readonly across: number;
  /** Consecutive rows that share an example in `within`. */
  readonly pairs: number;
}

/** The exponential tail: q = softmax(λ). */
export const tailLaw: DualLaw = {
  common: 1,
  weights(lambda, q) {
    softmaxInto(lambda, q);
  },
  within: 0,
  across: 1,
  pairs: 1,
};

/** Any loss before its tail, on all pairs, for a step that begins at α. */
export function earlyLaw(loss: Loss, alpha: number, pairs: number, count: number): DualLaw {
  const scaled = new Float64Array(count);
  const curved = requireCurved(loss, 'The late flow');
  return {
    common: 0,
    weights(lambda, q) {
      for (let i = 0; i < count; i++) scaled[i] = alpha - lambda[i];
      loss.dual(scaled, pairs, q);
    },
    within: curved.within(alpha),
    across: curved.across(alpha),
    pairs,
  };
}

/** The first entries of a row, m, become m·∂q/∂λ. */
export function timesDualDerivative(
  law: DualLaw,
  q: Float64Array,
  row: Float64Array,
  at: number,
): void {
  const { across, within, pairs } = law;
  const active = q.length;
  let total = 0;
  for (let j = 0; j < active; j++) total += row[at + j] * q[j];
  if (within === 0) {
    for (let j = 0; j < active; j++) row[at + j] = q[j] * (row[at + j] - across * total);
    return;
  }
  for (let first = 0; first < active; first += pairs) {
    let own = 0;
    for (let j = first; j < first + pairs; j++) own += row[at + j] * q[j];
    for (let j = first; j < first + pairs; j++) {
      row[at + j] = q[j] * (row[at + j] - within * own - across * total);
    }
  }
}
