import { followFlowAsync, type FlowPoint } from '../flows/index.js';
import { requireDegree } from '../networks/index.js';
import type { FlowProblem } from './problems.js';
import { Interrupted, Unfinished, type RunContext } from './settings.js';

const TOLERANCE = 1e-9;
const MAX_STEPS = 8_000;

/**
 * The points of a flow at α = 1, 10, … 10^`decades`. Throws `Unfinished` where it does not come as far,
 * `Interrupted` at the signal.
 */
export async function decadePointsOf(
  { name, objective, theta0 }: Pick<FlowProblem, 'name' | 'objective' | 'theta0'>,
  decades: number,
  context: RunContext,
): Promise<{ readonly points: readonly FlowPoint[]; readonly message: string }> {
  requireDegree(objective.network.degree, 'A normalized margin');
  const targets = Array.from({ length: decades + 1 }, (_, k) => 10 ** k);
  const names = new Set(targets.map((target) => `alpha ${target}`));
  const { status, message, marks } = await followFlowAsync(objective, theta0, {
    tolerance: TOLERANCE,
    targets,
    maxSteps: MAX_STEPS,
    keep: 'marks',
    signal: context.signal,
    onStep: ({ alpha }) => context.onProgress?.({ task: name, alpha, goal: targets[decades] }),
  });
  if (status === 'interrupted') throw new Interrupted(message);
  if (status !== 'finished') throw new Unfinished(`${name}: ${message}`);
  return {
    points: marks.filter((mark) => names.has(mark.name)).map(({ point }) => point),
    message,
  };
}
