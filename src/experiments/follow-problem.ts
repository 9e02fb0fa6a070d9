import {
  followFlowAsync,
  separation,
  type FlowPoint,
  type FlowResult,
  type GradientFlowOptions,
} from '../flows/index.js';
import { requireDegree } from '../networks/index.js';
import type { FlowProblem } from './problems.js';
import { Interrupted, Unfinished, type RunContext } from './settings.js';

/** What of a problem a flow needs. */
type Followed = Pick<FlowProblem, 'name' | 'objective' | 'theta0'>;

/** How a problem is followed; the tolerance is 1e-9 and the steps are 8,000 unless it says otherwise. */
type FollowOptions = Omit<GradientFlowOptions, 'tolerance' | 'maxSteps' | 'signal'> &
  Partial<Pick<GradientFlowOptions, 'tolerance' | 'maxSteps'>> & {
    /** What progress calls it; default the problem's name. */
    readonly task?: string;
  };

/** The local error of a step that experiments allow for. */
export const TOLERANCE = 1e-9;
/** Several times what any run has needed; a start that never separates its data uses them up. */
const MAX_STEPS = 8_000;

/**
 * Follows the flow of a problem and tells how far it has come. A run that ends before its last target says so in its
 * status. Throws `Interrupted` at the signal.
 */
export async function followProblem(
  { name, objective, theta0 }: Followed,
  { task = name, onStep, ...options }: FollowOptions,
  { signal, onProgress }: RunContext,
): Promise<FlowResult> {
  const goal = options.targets[options.targets.length - 1];
  const result = await followFlowAsync(objective, theta0, {
    tolerance: TOLERANCE,
    maxSteps: MAX_STEPS,
    ...options,
    signal,
    onStep: (point, counts) => {
      onStep?.(point, counts);
      onProgress?.({ task, alpha: point.alpha, goal });
    },
  });
  if (result.status === 'interrupted') throw new Interrupted(result.message);
  return result;
}

/** The same; throws `Unfinished` where the run does not come to its last target. */
export async function followToEnd(
  problem: Followed,
  options: FollowOptions,
  context: RunContext,
): Promise<FlowResult> {
  const result = await followProblem(problem, options, context);
  if (result.status !== 'finished') throw new Unfinished(`${problem.name}: ${result.message}`);
  return result;
}

/**
 * The points of a flow at α = 1, 10, … 10^`decades`. Throws `Unfinished` where it does not come as far,
 * `Interrupted` at the signal.
 */
export async function decadePointsOf(
  problem: Followed,
  decades: number,
  context: RunContext,
): Promise<{ readonly points: readonly FlowPoint[]; readonly message: string }> {
  requireDegree(problem.objective.network.degree, 'A normalized margin');
  const targets = powersOfTen(decades);
  const result = await followToEnd(problem, { targets, keep: 'marks' }, context);
  return { points: targetMarks(result).map(({ point }) => point), message: result.message };
}

/** 1, 10, … 10^`decades`. */
export function powersOfTen(decades: number): number[] {
  return Array.from({ length: decades + 1 }, (_, k) => 10 ** k);
}

/** The point of a run at α = 10^`exponent`; undefined where none of `points` lies there. */
export function pointAtDecade(
  points: readonly FlowPoint[],
  exponent: number,
): FlowPoint | undefined {
  return points.find(({ alpha }) => Math.abs(Math.log10(alpha) - exponent) < 1e-3);
}

/** Where a run classified the last example; undefined where it began there, or never did. */
export function separationPoint({ marks }: Pick<FlowResult, 'marks'>): FlowPoint | undefined {
  return marks.find(({ name }) => name === separation.name)?.point;
}

/** How marks at targets are called: by their α. */
const ALPHA = 'alpha ';

/** The values of α that a run met as targets, those beyond the last one included, and the points there. */
export function targetMarks({ marks }: Pick<FlowResult, 'marks'>): {
  readonly alpha: number;
  readonly point: FlowPoint;
}[] {
  return marks
    .filter(({ name }) => name.startsWith(ALPHA))
    .map(({ name, point }) => ({ alpha: Number(name.slice(ALPHA.length)), point }));
}
