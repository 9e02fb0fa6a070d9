import {
  certifyLimit,
  followFlowAsync,
  saddleVisits,
  separation,
  untilCertified,
  type FlowResult,
  type PointKink,
  type SolvedLimits,
} from '../flows/index.js';
import type { FlowRecord } from '../records/index.js';
import { flowRecord } from './measure-flow.js';
import type { FlowProblem } from './problems.js';
import { Interrupted, Unfinished, type RunContext } from './settings.js';

/** Several times what any run has needed; a start that never separates its data uses them up. */
const MAX_STEPS = 8_000;
const TOLERANCE = 1e-9;
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
    further: untilCertified(objective, { solved, afterVisits: AFTER_VISITS }),
    signal: context.signal,
    onStep: (point) => {
      kinks.push(point.kinks ?? []);
      context.onProgress?.({ task: problem.name, alpha: point.alpha, goal });
    },
  });
  if (result.status === 'interrupted') throw new Interrupted(result.message);
  const met = metTargets(result);
  // Beyond its targets the run went on for the certificate alone, which says itself what it lacks.
  if (met.length < targets.length) throw new Unfinished(`${problem.name}: ${result.message}`);
  const points = met.map(({ point }) => point);
  return flowRecord(problem, {
    result,
    kinks,
    reached: met.map(({ name }) => Number(name.slice(ALPHA.length))),
    decadePoints: points,
    certificate: certifyLimit(objective, points, { solved }),
    visits: saddleVisits(objective, points, { solved }),
  });
}

const ALPHA = 'alpha ';

/** The marks at the powers of ten of α, those beyond the last target included. */
function metTargets({ marks }: FlowResult): FlowResult['marks'] {
  return marks.filter(({ name }) => name.startsWith(ALPHA));
}
