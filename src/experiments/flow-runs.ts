import {
  certifyLimit,
  followFlowAsync,
  separation,
  type FlowPoint,
  type FlowResult,
  type LimitCertificate,
  type PointKink,
} from '../flows/index.js';
import {
  anglesTo,
  lengthPerDecade,
  measure,
  type Decade,
  type Measurements,
} from '../metrics/index.js';
import type { FlowProblem } from './problems.js';
import { Interrupted, Unfinished, type Settings } from './settings.js';

/** One flow with everything that claims and figures read from it. */
export interface FlowRun {
  readonly problem: FlowProblem;
  readonly result: FlowResult;
  /** One row for each row of the trajectory. */
  readonly measurements: Measurements;
  /** For each row the kinks that the flow slides on there; empty for a smooth network. */
  readonly kinks: readonly (readonly PointKink[])[];
  /** Path length over each decade of α from 1 on. */
  readonly decades: readonly Decade[];
  /** The points at α = 10^k, from 1 on. */
  readonly decadePoints: readonly FlowPoint[];
  /** Limit found from the last three of them. */
  readonly certificate: LimitCertificate;
  /** Angle from every row's direction to the limit, radians. */
  readonly angleToLimit: Float64Array;
}

/** Several times what any run has needed; a start that never separates its data uses them up. */
const MAX_STEPS = 8_000;
const TOLERANCE = 1e-9;

/** Follows the flow to α = 10^`decades`, then finds and certifies where it is going. */
export async function runFlow(
  problem: FlowProblem,
  decades: number,
  settings: Settings,
): Promise<FlowRun> {
  const targets = Array.from({ length: decades + 1 }, (_, k) => 10 ** k);
  const goal = targets[decades];
  // The run starts on no kink, and tells of every row after its first.
  const kinks: (readonly PointKink[])[] = [[]];
  const result = await followFlowAsync(problem.objective, problem.theta0, {
    tolerance: TOLERANCE,
    targets,
    events: [separation],
    maxSteps: MAX_STEPS,
    signal: settings.signal,
    onStep: (point) => {
      kinks.push(point.kinks ?? []);
      settings.onProgress?.({ task: problem.name, alpha: point.alpha, goal });
    },
  });
  if (result.status === 'interrupted') throw new Interrupted(result.message);
  if (result.status !== 'finished') throw new Unfinished(`${problem.name}: ${result.message}`);
  const points = targets.map((target) => {
    const mark = result.marks.find(({ name }) => name === `alpha ${target}`);
    return mark?.point;
  });
  const decadePoints = points.filter((point) => point !== undefined);
  const certificate = certifyLimit(problem.limit, decadePoints.slice(-3), {
    supportShare: 1e-6,
    maxIterations: 60,
    kinkWidth: problem.kinkWidth,
  });
  const { trajectory } = result;
  return {
    problem,
    result,
    measurements: measure(problem.objective, trajectory),
    kinks,
    decades: lengthPerDecade(trajectory, trajectory.pathLength, targets),
    decadePoints,
    certificate,
    angleToLimit: anglesTo(trajectory, certificate.limit.direction),
  };
}
