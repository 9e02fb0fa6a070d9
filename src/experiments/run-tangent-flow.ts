import { parametersAt, pointsOf, type FlowPoint } from '../flows/index.js';
import { tangentMaxMargin, tangentScores } from '../metrics/index.js';
import { evaluator, requireDegree, requireSerial } from '../networks/index.js';
import { angleBetween, distanceBetween, norm } from '../numerics/vectors.js';
import type { TangentFlowRecord } from '../records/index.js';
import type { TangentFlowExperiment } from '../specs/experiments/tangent-flow.js';
import { followToEnd, powersOfTen } from './follow-problem.js';
import { problemRecord } from './measure-flow.js';
import { flowProblem, type FlowProblem } from './problems.js';
import type { RunContext } from './settings.js';

/**
 * Follows a flow and compares what it has learned with the maximum margin of its tangent kernel at the start.
 * Throws `Unfinished` where it does not reach its goal, `Interrupted` at the signal.
 */
export async function runTangentFlow(
  spec: TangentFlowExperiment,
  context: RunContext = {},
): Promise<TangentFlowRecord> {
  const problem = flowProblem(spec.problem);
  const { theta0 } = problem;
  const result = await followToEnd(problem, { targets: powersOfTen(spec.decades) }, context);
  const points = pointsOf(result.trajectory);
  const { margin, angles } = besideTangentKernel(problem, points);
  const { alpha, smallestMargin } = result.trajectory;
  const startNorm = norm(theta0);
  return {
    kind: 'tangent-flow',
    problem: await problemRecord(problem),
    status: result.status,
    message: result.message,
    startNorm,
    tangentMargin: margin,
    alpha,
    smallestMargin,
    tangentAngle: angles,
    displacement: Float64Array.from(
      points,
      (point) => distanceBetween(parametersAt(point), theta0) / startNorm,
    ),
  };
}

/** The margin of the tangent kernel, and the angle of each point's learned scores to its predictor's. */
function besideTangentKernel(
  { objective, theta0, data, probe }: FlowProblem,
  points: readonly FlowPoint[],
): { margin: number; angles: Float64Array } {
  const network = requireSerial(objective.network, 'A tangent kernel');
  const degree = requireDegree(network.degree, 'A tangent flow');
  const { margin, direction } = tangentMaxMargin(network, theta0, data.inputs, data.labels, {
    trained: 'all',
  });
  const predicted = tangentScores(network, theta0, direction, probe);
  const engine = evaluator(network, probe);
  const before = engine.outputs(theta0).slice();
  const angles = Float64Array.from(points, (point, k) => {
    // At the start nothing is learned yet, and rounding has no direction.
    if (k === 0) return NaN;
    const size = Math.exp(degree * point.logNorm);
    const learned = engine.outputs(point.direction).map((score, i) => size * score - before[i]);
    return angleBetween(learned, predicted);
  });
  return { margin, angles };
}
