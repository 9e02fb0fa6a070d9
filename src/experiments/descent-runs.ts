import { descend, type DescentResult } from '../flows/index.js';
import {
  lengthPerDecade,
  measure,
  sampledPathLength,
  type Decade,
  type Measurements,
} from '../metrics/index.js';
import type { FlowProblem } from './problems.js';
import { Interrupted, type Settings } from './settings.js';

/** Small-step descent with steps of relative length c/α, measured two ways. */
export interface DescentRun {
  readonly problem: FlowProblem;
  /** Steps have relative length min(cap, c/α), cap = min(0.02, 2c). */
  readonly c: number;
  readonly result: DescentResult;
  readonly measurements: Measurements;
  /** Length of the path through directions sampled every 5 % of α, up to each row. */
  readonly sampledLength: Float64Array;
  /** That length over each decade of α from 1 on. */
  readonly decades: readonly Decade[];
  /** The raw length, every step counted, over the same decades: the control. */
  readonly rawDecades: readonly Decade[];
}

export interface DescentSize {
  readonly c: number;
  /** The run ends at α = 10^decades. */
  readonly decades: number;
  readonly maxSteps: number;
}

/** While α is small the steps are capped; the cap shrinks with c, so that halving a c
 * of at most 0.01 halves all steps. */
const capFor = (c: number) => Math.min(0.02, 2 * c);
const SAVE_EVERY = 1.05;

export function runDescent(
  problem: FlowProblem,
  size: DescentSize,
  settings: Settings,
): DescentRun {
  const edges = Array.from({ length: size.decades + 1 }, (_, k) => 10 ** k);
  const goal = edges[size.decades];
  const task = `${problem.name}, descent c = ${size.c}`;
  let last = 0;
  const result = descend(problem.objective, problem.theta0, {
    rule: { kind: 'relative', c: size.c, cap: capFor(size.c) },
    untilAlpha: goal,
    maxSteps: size.maxSteps,
    saveFactor: SAVE_EVERY,
    signal: settings.signal,
    onStep: (steps, alpha) => {
      if (steps - last < 2000) return;
      last = steps;
      settings.onProgress?.({ task, alpha, goal });
    },
  });
  if (result.status === 'interrupted') throw new Interrupted(result.message);
  const { trajectory } = result;
  const sampledLength = sampledPathLength(trajectory);
  return {
    problem,
    c: size.c,
    result,
    measurements: measure(problem.objective, trajectory),
    sampledLength,
    decades: lengthPerDecade(trajectory, sampledLength, edges),
    rawDecades: lengthPerDecade(trajectory, trajectory.pathLength, edges),
  };
}
