import type { DiscreteStepsRecord } from '../../src/claims/discrete-steps/plan.js';
import { discreteSteps } from '../../src/claims/index.js';
import { runExperiment } from '../../src/experiments/index.js';
import type { StepThresholdExperiment } from '../../src/specs/index.js';

let kept: Promise<DiscreteStepsRecord> | undefined;

/** Two seeds of the sweep, with fewer decades and steps; run once in a process. */
export function shortSteps(): Promise<DiscreteStepsRecord> {
  kept ??= run();
  return kept;
}

async function run(): Promise<DiscreteStepsRecord> {
  const { sweep } = discreteSteps.plan({ scale: 'smoke', seed: 1 });
  const [first, second] = sweep.map(({ attempt }): StepThresholdExperiment => ({
    ...attempt,
    decades: 6,
    steps: 400,
  }));
  const { factors } = first.early!;
  const early = { factors, decades: 2 };
  return {
    sweep: [await runExperiment({ ...first, early }), await runExperiment(second)],
  };
}
