import { runDescent, type DescentRun, type DescentSize } from './descent-runs.js';
import { runFlow, type FlowRun } from './flow-runs.js';
import { sweepRelu, type ReluSweep } from './relu-sweep.js';
import { imageProblem, planarProblem, type ActivationName, type FlowProblem } from './problems.js';
import type { Scale, Settings } from './settings.js';
import { sharedRun } from './shared-run.js';

/** Decades of α that a flow is followed for, from α = 1. */
const FLOW_DECADES: Record<Scale, number> = { smoke: 7, standard: 8, full: 8 };

/** Images take longer to settle than the plane at the same width, and cost more per decade. */
const IMAGE_DECADES = 7;

/** The flow on points of the plane. */
export function planarFlow(activation: ActivationName, settings: Settings): Promise<FlowRun> {
  const decades = FLOW_DECADES[settings.scale];
  const key = `planar ${activation} ${decades} ${settings.seed}`;
  return sharedRun(key, () => runFlow(planarProblem(activation, settings.seed), decades, settings));
}

/** The flow on images. */
export function imageFlow(activation: ActivationName, settings: Settings): Promise<FlowRun> {
  const { scale, seed } = settings;
  const problem = () => imageProblem(activation, scale, seed);
  return sharedRun(`images ${activation} ${scale} ${seed}`, () =>
    runFlow(problem(), IMAGE_DECADES, settings),
  );
}

/** The flows of ReLU networks from many seeds. */
export function reluSweep(settings: Settings): Promise<ReluSweep> {
  const { scale, seed } = settings;
  return sharedRun(`relu sweep ${scale} ${seed}`, () => sweepRelu(settings));
}

/** Small steps that chatter across the kinks of ReLU, for the claims that look at them. */
export const RELU_DESCENT: Readonly<Record<Scale, DescentSize>> = {
  smoke: { c: 0.03, decades: 4, maxSteps: 1_000_000 },
  standard: { c: 0.01, decades: 4, maxSteps: 3_000_000 },
  full: { c: 0.003, decades: 4, maxSteps: 10_000_000 },
};

/** Small-step descent on points of the plane. */
export function planarDescent(
  activation: ActivationName,
  size: DescentSize,
  settings: Settings,
): Promise<DescentRun> {
  const problem = (): FlowProblem => planarProblem(activation, settings.seed);
  const key = `descent ${activation} ${JSON.stringify(size)} ${settings.seed}`;
  return sharedRun(key, async () => runDescent(problem(), size, settings));
}
