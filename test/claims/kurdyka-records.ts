import { kurdykaPlan } from '../../src/claims/index.js';
import { runPlan } from '../../src/experiments/index.js';
import type { FlowRecord } from '../../src/records/index.js';
import type { KurdykaRecord } from '../../src/claims/kurdyka-lojasiewicz/plan.js';

/** A short record: the flows on the plane as they are given, the others as the claim has them. */
export async function shortKurdyka(relu: FlowRecord, squared: FlowRecord): Promise<KurdykaRecord> {
  const { flows, spiral, secants, chainRule } = kurdykaPlan({ scale: 'smoke', seed: 1 });
  const { smooth, ...others } = await runPlan({
    smooth: flows.slice(0, 2),
    spiral,
    secants,
    chainRule: { ...chainRule, decades: 3 },
  });
  return { ...others, flows: [...smooth, relu, squared] };
}
