import { pointsOf } from '../flows/index.js';
import {
  alignment,
  dualEntropy,
  dualPotential,
  maxMargin,
  smoothedMargin,
  snapshot,
  type Snapshot,
} from '../metrics/index.js';
import { requireDegree } from '../networks/index.js';
import type { DualDescent, DualPotentialRecord } from '../records/index.js';
import type { DualPotentialExperiment } from '../specs/experiments/dual-potential.js';
import { followToEnd, powersOfTen } from './follow-problem.js';
import { flowProblem, type FlowProblem } from './problems.js';
import type { RunContext } from './settings.js';

/**
 * Follows a flow with the exponential loss to α = 10^`decades` and measures the dual potential at every step;
 * for a linear model with what bounds it. Throws `Unfinished` where it does not come as far, `Interrupted` at
 * the signal, and a sentence for another loss or a network without a degree.
 */
export async function runDualPotential(
  { problem: spec, decades }: DualPotentialExperiment,
  context: RunContext = {},
): Promise<DualPotentialRecord> {
  const problem = flowProblem(spec);
  const { objective, name, seed, data } = problem;
  const degree = requireDegree(objective.network.degree, 'The dual potential');
  if (objective.loss.name !== 'exponential') {
    throw new Error(`${name}: expected the exponential loss, got '${objective.loss.name}'.`);
  }
  const targets = powersOfTen(decades);
  const { message, trajectory } = await followToEnd(problem, { targets }, context);
  const rows = pointsOf(trajectory).map(({ direction, logNorm }) =>
    snapshot(objective, direction, logNorm),
  );
  const column = (of: (at: Snapshot) => number) => Float64Array.from(rows, of);
  const potential = column((at) => dualPotential(at));
  const alpha = column((at) => at.alpha);
  return {
    kind: 'dual-potential',
    name,
    seed,
    degree,
    examples: data.examples,
    message,
    alpha,
    potential,
    smoothedMargin: column(smoothedMargin),
    entropy: column(dualEntropy),
    cosine: column(alignment),
    ...(degree === 1 ? { descent: descentOf(problem, rows[0], alpha, potential) } : {}),
  };
}

/**
 * With one layer the dual variables follow mirror descent on ½‖Σ q z‖² with the entropy, so that 𝒥 falls and
 * 𝒥 − ½γ² ≤ KL(q*‖q₀)/s (after Ji & Telgarsky 2019, arXiv 1906.04540).
 */
function descentOf(
  { data }: FlowProblem,
  start: Snapshot,
  alpha: Float64Array,
  potential: Float64Array,
): DualDescent {
  const { margin, multipliers } = maxMargin(data.inputs, data.labels, { norm: 'l2' });
  const divergence = multipliers.reduce(
    (sum, share, i) => (share > 0 ? sum + share * Math.log(share / start.dual[i]) : sum),
    0,
  );
  const clock = new Float64Array(alpha.length);
  for (let row = 1; row < alpha.length; row++) {
    // 𝒥 falls, so between two rows s takes at most as long as with its value at the second.
    clock[row] = clock[row - 1] + (alpha[row] - alpha[row - 1]) / (2 * potential[row]);
  }
  return { margin, divergence, clock };
}
