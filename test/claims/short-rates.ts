import type { RatesRecord } from '../../src/claims/rates/plan.js';
import { ratesClaim } from '../../src/claims/index.js';
import { runExperiment } from '../../src/experiments/index.js';

let kept: Promise<RatesRecord> | undefined;

/** Three seeds of the sweep, and fewer steps; run once in a process. */
export function shortRates(): Promise<RatesRecord> {
  kept ??= run();
  return kept;
}

async function run(): Promise<RatesRecord> {
  const { flows, steps } = ratesClaim.plan({ scale: 'smoke', seed: 1 });
  const [first, second, third] = flows.map(({ attempt }) => attempt);
  return {
    flows: [await runExperiment(first), await runExperiment(second), await runExperiment(third)],
    steps: await runExperiment({ ...steps, steps: 20_000 }),
  };
}
