import {
  certifyLimit,
  saddleVisits,
  separation,
  untilCertified,
  type FlowPoint,
  type PointKink,
  type SolvedLimits,
} from '../flows/index.js';
import type { FlowRecord } from '../records/index.js';
import { followProblem, powersOfTen, targetMarks } from './follow-problem.js';
import { flowRecord } from './measure-flow.js';
import type { FlowProblem } from './problems.js';
import { Unfinished, type RunContext } from './settings.js';

/** After an unstable KKT point a run has to show so many decades in which it settles. */
const AFTER_VISITS = 3;

/**
 * Follows the flow to α = 10^`decades`, and on until it is certified where it is going and has left unstable
 * KKT points behind, or a run to α = 10¹⁶ has not told. Throws `Unfinished` where it does not come as far, `Interrupted` at the signal.
 */
export async function runFlow(
  problem: FlowProblem,
  decades: number,
  context: RunContext = {},
): Promise<FlowRecord> {
  const targets = powersOfTen(decades);
  const { objective } = problem;
  const solved: SolvedLimits = new Map();
  // The run starts on no kink, and tells of every row after its first.
  const kinks: (readonly PointKink[])[] = [[]];
  const options = {
    targets,
    events: [separation],
    further: untilCertified(objective, { solved, afterVisits: AFTER_VISITS }),
    onStep: (point: FlowPoint) => kinks.push(point.kinks ?? []),
  };
  const result = await followProblem(problem, options, context);
  const met = targetMarks(result);
  // Beyond its targets the run went on for the certificate alone, which says itself what it lacks.
  if (met.length < targets.length) throw new Unfinished(`${problem.name}: ${result.message}`);
  const points = met.map(({ point }) => point);
  return flowRecord(problem, {
    result,
    kinks,
    reached: met.map(({ alpha }) => alpha),
    decadePoints: points,
    certificate: certifyLimit(objective, points, { solved }),
    visits: saddleVisits(objective, points, { solved }),
    solved,
  });
}
