import {
  certifyLimit,
  decadesBeyond,
  deviationAfter,
  limitDeviations,
  type FlowPoint,
  type LimitCertificate,
  type SolvedLimits,
} from '../flows/index.js';
import { angleBetween } from '../numerics/vectors.js';
import type { FlowRatesRecord } from '../records/index.js';
import type { FlowRatesExperiment } from '../specs/experiment.js';
import { followToEnd, targetMarks, TOLERANCE } from './follow-problem.js';
import { degreeOf } from './measure-flow.js';
import { flowProblem, type FlowProblem } from './problems.js';
import { Interrupted, type RunContext } from './settings.js';

/** A certificate looks at three points, a decade of α apart: it expects two ratios. */
const WINDOW = 3;
/** Decades of the flow itself whose angles are predicted. */
const OWN = 4;
/** Ratios are expected of so many windows at the end: angles of the last decades may be too small to be fitted. */
const WINDOWS = 6;

/**
 * Follows a flow to 10^decades and its equation for infinite α to 10^beyond, and says how far each power of ten is from
 * the limit, and by which factors it should come nearer. Throws `Unfinished` where the run does not come as far.
 */
export async function runFlowRates(
  { problem: spec, decades, beyond }: FlowRatesExperiment,
  context: RunContext = {},
): Promise<FlowRatesRecord> {
  const problem = flowProblem(spec);
  const { objective, name, seed } = problem;
  const targets = Array.from({ length: decades }, (_, k) => 10 ** (k + 1));
  const run = await followToEnd(problem, { targets }, context);
  const points: FlowPoint[] = targetMarks(run).map(({ point }) => point);
  const followed = points.length;
  const onwards = decadesBeyond(objective, points[points.length - 1], { tolerance: TOLERANCE });
  let { message } = run;
  while (points.length < beyond) {
    if (context.signal?.aborted) throw new Interrupted(run.message);
    const next = onwards.next();
    if (next.done) {
      message = `${message} Beyond, ${next.value}.`;
      break;
    }
    points.push(next.value);
  }
  const solved: SolvedLimits = new Map();
  const certificate = certifyLimit(objective, points, { solved });
  const { limit, doubts } = certificate;
  const expected = new Float64Array(points.length).fill(NaN);
  for (let k = 0; k < WINDOWS; k++) {
    const last = points.length - k * (WINDOW - 1);
    if (last < WINDOW) break;
    const seen = certifyLimit(objective, points.slice(0, last), { solved });
    if (!isSame(seen, certificate)) break;
    seen.expectedRatios.slice(1 - WINDOW).forEach((ratio, place) => {
      expected[last - WINDOW + place] = ratio;
    });
  }
  return {
    kind: 'flow-rates',
    name,
    seed,
    degree: degreeOf(problem),
    message,
    doubts,
    margin: limit.margin,
    lambda: limit.stability.lambda,
    unstable: limit.stability.unstable,
    alpha: Float64Array.from(points, ({ alpha }) => alpha),
    angle: Float64Array.from(points, ({ direction }) => angleBetween(direction, limit.direction)),
    expected,
    ...ownPrediction(problem, points, followed, solved),
  };
}

/** What the curvature at the limit makes of where the flow was, for the last decades to which it was followed itself. */
function ownPrediction(
  { objective }: FlowProblem,
  points: readonly FlowPoint[],
  followed: number,
  solved: SolvedLimits,
): Pick<FlowRatesRecord, 'own'> {
  const own = points.slice(0, followed).slice(-1 - OWN);
  const [deviation] = limitDeviations(objective, [own[0], points[points.length - 1]], { solved });
  if (!deviation) return {};
  const alpha = Float64Array.from(own, (point) => point.alpha);
  const predicted = alpha.map((value) => deviationAfter(deviation, value / alpha[0]));
  return { own: { alpha, predicted } };
}

/** An earlier point may lead to another limit, which expects nothing of this one. */
const SAME = 1e-8;

function isSame(seen: LimitCertificate, certificate: LimitCertificate): boolean {
  return angleBetween(seen.limit.direction, certificate.limit.direction) < SAME;
}
