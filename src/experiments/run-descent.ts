import { descend } from '../flows/index.js';
import { lengthPerDecade, measure, sampledPathLength } from '../metrics/index.js';
import type { DescentRecord } from '../records/index.js';
import type { DescentExperiment } from '../specs/experiment.js';
import { problemRecord } from './measure-flow.js';
import type { FlowProblem } from './problems.js';
import { Interrupted, type RunContext } from './settings.js';

/** How far descent goes, and how finely. */
export type DescentSize = Pick<DescentExperiment, 'c' | 'decades' | 'maxSteps'>;

const SAVE_EVERY = 1.05;

/**
 * The cap of steps c/α while α is small, a share of ‖θ‖: it shrinks with c, so that halving a c of at most
 * 0.01 halves all steps.
 */
export function capFor(c: number): number {
  return Math.min(0.02, 2 * c);
}

/**
 * Descent from the problem's start by steps of relative length min(cap, c/α) until α = 10^`decades`, or for
 * `maxSteps` steps: the record's result says which. Throws `Interrupted` at the signal.
 */
export async function runDescent(
  problem: FlowProblem,
  size: DescentSize,
  context: RunContext = {},
): Promise<DescentRecord> {
  const edges = Array.from({ length: size.decades + 1 }, (_, k) => 10 ** k);
  const goal = edges[size.decades];
  const task = `${problem.name}, descent c = ${size.c}`;
  let last = 0;
  const result = descend(problem.objective, problem.theta0, {
    rule: { kind: 'relative', c: size.c, cap: capFor(size.c) },
    untilAlpha: goal,
    maxSteps: size.maxSteps,
    saveFactor: SAVE_EVERY,
    signal: context.signal,
    onStep: (steps, alpha) => {
      if (steps - last < 2000) return;
      last = steps;
      context.onProgress?.({ task, alpha, goal });
    },
  });
  if (result.status === 'interrupted') throw new Interrupted(result.message);
  const { trajectory } = result;
  const sampledLength = sampledPathLength(trajectory);
  return {
    kind: 'descent',
    problem: await problemRecord(problem),
    c: size.c,
    result,
    measurements: measure(problem.objective, trajectory),
    sampledLength,
    decades: lengthPerDecade(trajectory, sampledLength, edges),
    rawDecades: lengthPerDecade(trajectory, trajectory.pathLength, edges),
  };
}
