import { dualPotentialClaim } from '../../src/claims/index.js';
import {
  dualPotentialPlan,
  type DualPotentialRecords,
} from '../../src/claims/dual-potential/plan.js';
import { runPlan } from '../../src/experiments/index.js';
import type { DualPotentialRecord } from '../../src/records/index.js';

/** The claim's runs, ended early. */
export async function shortDualPotential(): Promise<{
  claim: typeof dualPotentialClaim;
  record: DualPotentialRecords;
}> {
  const plan = dualPotentialPlan({ scale: 'smoke', seed: 1 });
  const record = await runPlan({
    linear: { ...plan.linear, decades: 4 },
    deep: { ...plan.deep, decades: 4 },
    squared: { ...plan.squared, decades: 4 },
  });
  return { claim: dualPotentialClaim, record };
}

/** A run on which the identity holds, with entropy log 2 and a margin that tends to 0.3, made up. */
function madeUpRun(name: string, degree: number): DualPotentialRecord {
  const alpha = Float64Array.from({ length: 29 }, (_, k) => 10 ** (k / 4 - 1));
  const entropy = alpha.map(() => Math.log(2));
  const cosine = alpha.map((value) => Math.cos(0.1 / (1 + value)));
  const smoothedMargin = alpha.map((value) => (0.3 * value) / (Math.log(2) + value) / degree);
  const potential = alpha.map((value, row) => {
    const ratio = ((1 + entropy[row] / value) / cosine[row]) ** 2;
    return 0.5 * (degree * smoothedMargin[row]) ** 2 * ratio;
  });
  return {
    kind: 'dual-potential',
    name,
    seed: 1,
    degree,
    examples: 20,
    message: 'Made up.',
    alpha,
    potential,
    smoothedMargin,
    entropy,
    cosine,
  };
}

/** The claim's records, made up so that they support it. */
export function madeUpDualPotential(): DualPotentialRecords {
  const linear = madeUpRun('linear, 1 layer', 1);
  const deep = madeUpRun('linear, 3 layers', 3);
  const clock = linear.alpha.map((value) => value / 0.09);
  // A cosine that is lower early and late than between makes the potential fall and rise again.
  const cosine = deep.alpha.map((value) =>
    Math.cos(0.3 / (1 + value) + 0.2 * Math.min(1, value / 1e5)),
  );
  const potential = deep.alpha.map(
    (value, row) =>
      0.5 *
      (3 * deep.smoothedMargin[row]) ** 2 *
      ((1 + deep.entropy[row] / value) / cosine[row]) ** 2,
  );
  return {
    linear: { ...linear, descent: { margin: 0.3, divergence: 2, clock } },
    deep: { ...deep, cosine, potential },
    squared: madeUpRun('squared ReLU, plane', 3),
  };
}
