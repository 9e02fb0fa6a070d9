import { pointsOf, type FlowEvent, type FlowPoint } from '../flows/index.js';
import { angleApart, extremalAngles } from '../metrics/index.js';
import { requireDegree } from '../networks/index.js';
import type { EarlyFlowRecord, PlaneUnit, UnitAttraction } from '../records/index.js';
import type { EarlyFlowExperiment } from '../specs/experiments/early-flow.js';
import { followProblem } from './follow-problem.js';
import { problemRecord } from './measure-flow.js';
import { flowProblem, type FlowProblem } from './problems.js';
import type { RunContext } from './settings.js';

/**
 * Follows the beginning of a flow. A run that comes to rest, or uses up its steps, is a record as well: its
 * status says so. Throws `Interrupted` at the signal.
 */
export async function runEarlyFlow(
  spec: EarlyFlowExperiment,
  context: RunContext = {},
): Promise<EarlyFlowRecord> {
  const problem = flowProblem(spec.problem);
  const { output = Infinity, goal } = spec;
  const grown: FlowEvent = {
    name: 'outputs have grown',
    value: (point) => Math.log(largestOutput(problem, point) / output),
    stop: true,
  };
  const events = output < Infinity ? [grown] : [];
  const result = await followProblem(problem, { targets: [goal], events }, context);
  const points = pointsOf(result.trajectory);
  const { alpha, logNorm, logTime } = result.trajectory;
  const attraction = attractionOf(problem, points);
  return {
    kind: 'early-flow',
    problem: await problemRecord(problem),
    status: result.status,
    message: result.message,
    idleAlpha: idleAlpha(problem),
    alpha,
    logNorm,
    logTime,
    largestOutput: Float64Array.from(points, (point) => largestOutput(problem, point)),
    ...(attraction ? { attraction } : {}),
  };
}

function largestOutput({ objective }: FlowProblem, { direction, logNorm }: FlowPoint): number {
  const degree = requireDegree(objective.network.degree, 'The size of outputs');
  const margins = objective.margins(direction);
  const largest = margins.reduce((most, margin) => Math.max(most, Math.abs(margin)), 0);
  return largest * Math.exp(degree * logNorm);
}

/** α where all scores are 0. */
function idleAlpha({ objective }: FlowProblem): number {
  const { loss, examples, pairs } = objective;
  return loss.dual(new Float64Array(examples * pairs), pairs, new Float64Array(examples * pairs));
}

/** Undefined where units are not those of a two-layer ReLU network in the plane. */
function attractionOf(
  { data, objective, activation }: FlowProblem,
  points: readonly FlowPoint[],
): UnitAttraction | undefined {
  const { blocks } = objective.network;
  if (activation !== 'relu' || data.dimension !== 2 || blocks.length !== 2) return undefined;
  const { inputs, labels } = data;
  const positive = extremalAngles(inputs, labels);
  const negative = extremalAngles(
    inputs,
    labels.map((label) => -label),
  );
  const units = ({ direction }: FlowPoint) => unitsOf(direction, blocks[0].rows);
  const meanAngle = (list: readonly PlaneUnit[]) =>
    list.reduce((sum, { angle, sign, mass }) => {
      const targets = sign > 0 ? positive : negative;
      return sum + mass * Math.min(...targets.map((target) => angleApart(angle, target)));
    }, 0);
  return {
    positive,
    negative,
    meanAngle: Float64Array.from(points, (point) => meanAngle(units(point))),
    start: units(points[0]),
    end: units(points[points.length - 1]),
  };
}

/** Units of a direction that holds the rows w of the hidden layer, then the output weights a. */
function unitsOf(direction: Float64Array, width: number): PlaneUnit[] {
  return Array.from({ length: width }, (_, j) => {
    const [x, y] = direction.subarray(2 * j, 2 * j + 2);
    const output = direction[2 * width + j];
    const angle = Math.atan2(y, x);
    return {
      angle: angle < 0 ? angle + 2 * Math.PI : angle,
      sign: Math.sign(output),
      mass: x * x + y * y + output * output,
    };
  });
}
