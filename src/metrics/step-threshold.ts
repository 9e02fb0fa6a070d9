import type { Objective } from '../losses/objective.js';
import { dot, norm } from '../numerics/vectors.js';
import { spectralNorm } from '../numerics/spectral-norm.js';

/**
 * C*, the constant up to which descent with steps of relative length C/α stays aligned near a direction w:
 *
 *     C* = 2Lγ² / λ_max(Σ μᵢ ∇⊥pᵢ ∇⊥pᵢᵀ),
 *
 * with ∇⊥p what of ∇p is orthogonal to w. A deviation δ of w changes the dual variables, and these turn
 * −∇𝓛 by −‖θ‖^L Σ μ ∇⊥p ∇⊥pᵀ δ, to first order; a step of the length C‖θ‖/α therefore multiplies the
 * deviation along the top eigenvector by 1 − 2C/C*, which grows from step to step for C > C*. `direction`
 * has unit norm, `weights` are dual variables that sum to 1, one for each margin: those of a KKT point for
 * its threshold, or a run's own for where it is (Lγ is then ‖Σ μ ∇p‖). `margin` is γ, by default Σ μ p; along a run
 * it is α/‖θ‖^L, which is smaller while α is. Infinity where
 * no gradient leaves the line of w. For networks without kinks.
 */
export function stepThreshold(
  objective: Objective,
  direction: Float64Array,
  weights: Float64Array,
  margin = dot(weights, objective.margins(direction)),
): number {
  const jacobian = objective.marginJacobian(direction);
  const n = direction.length;
  const pressing = [...weights.keys()].filter((pair) => weights[pair] > 0);
  const across = new Float64Array(pressing.length * n);
  const pull = new Float64Array(n);
  pressing.forEach((pair, k) => {
    const gradient = jacobian.subarray(pair * n, (pair + 1) * n);
    const along = dot(gradient, direction);
    const root = Math.sqrt(weights[pair]);
    for (let i = 0; i < n; i++) {
      pull[i] += weights[pair] * gradient[i];
      across[k * n + i] = root * (gradient[i] - along * direction[i]);
    }
  });
  const largest = spectralNorm(pressing.length, n, across) ** 2;
  return (2 * margin * norm(pull)) / largest;
}
