import {
  certifyLimit,
  followFlowAsync,
  highestSmoothedMargin,
  saddleVisits,
  separation,
  stabilityAlong,
  untilCertified,
  type FlowPoint,
  type FlowResult,
  type SolvedLimits,
  type LimitCertificate,
  type PointKink,
  type SaddleVisit,
} from '../flows/index.js';
import {
  anglesTo,
  lengthPerDecade,
  measure,
  type Decade,
  type Measurements,
} from '../metrics/index.js';
import { requireDegree } from '../networks/index.js';
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
  /** Stretches of them near KKT points that are not stable, which the flow leaves. */
  readonly visits: readonly SaddleVisit[];
  /** λ as it is at each of the points themselves; the flow turns away from where it is above 1. */
  readonly lambdas: readonly number[];
  /** Angle from every row's direction to the limit, radians. */
  readonly angleToLimit: Float64Array;
}

/** Several times what any run has needed; a start that never separates its data uses them up. */
const MAX_STEPS = 8_000;
const TOLERANCE = 1e-9;

/**
 * Follows the flow to α = 10^`decades`, and on until it is certified where it is going, or a run to
 * α = 10¹⁶ has not told.
 */
export async function runFlow(
  problem: FlowProblem,
  decades: number,
  settings: Settings,
): Promise<FlowRun> {
  const targets = Array.from({ length: decades + 1 }, (_, k) => 10 ** k);
  const goal = targets[decades];
  const { objective } = problem;
  const solved: SolvedLimits = new Map();
  // The run starts on no kink, and tells of every row after its first.
  const kinks: (readonly PointKink[])[] = [[]];
  const result = await followFlowAsync(objective, problem.theta0, {
    tolerance: TOLERANCE,
    targets,
    events: [separation],
    maxSteps: MAX_STEPS,
    further: untilCertified(objective, { solved }),
    signal: settings.signal,
    onStep: (point) => {
      kinks.push(point.kinks ?? []);
      settings.onProgress?.({ task: problem.name, alpha: point.alpha, goal });
    },
  });
  if (result.status === 'interrupted') throw new Interrupted(result.message);
  const met = result.marks.filter(({ name }) => name.startsWith('alpha '));
  // Beyond its targets the run went on for the certificate alone, which says itself what it lacks.
  if (met.length < targets.length) throw new Unfinished(`${problem.name}: ${result.message}`);
  const decadePoints = met.map(({ point }) => point);
  const reached = met.map(({ name }) => Number(name.slice('alpha '.length)));
  const certificate = certifyLimit(objective, decadePoints, { solved });
  const { trajectory } = result;
  return {
    problem,
    result,
    measurements: measure(objective, trajectory),
    kinks,
    decades: lengthPerDecade(trajectory, trajectory.pathLength, reached),
    decadePoints,
    certificate,
    visits: saddleVisits(objective, decadePoints, { solved }),
    lambdas: decadePoints.map((point) => stabilityAlong(objective, point).lambda),
    angleToLimit: anglesTo(trajectory, certificate.limit.direction),
  };
}

/** The largest smoothed margin α/‖θ‖^L at these points: it only rises, to the margin of the limit. */
export function highestMargin({ problem, decadePoints }: FlowRun): number {
  const degree = requireDegree(problem.objective.network.degree, 'A smoothed margin');
  return highestSmoothedMargin(decadePoints, degree);
}
