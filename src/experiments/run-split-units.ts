import { objective as objectiveOf } from '../losses/index.js';
import { activationNamed, twoLayer } from '../networks/index.js';
import { angleBetween } from '../numerics/index.js';
import type { SplitUnitsRecord } from '../records/index.js';
import type { SplitUnitsExperiment } from '../specs/experiments/two-homogeneous.js';
import { decadePointsOf } from './follow-problem.js';
import { flowProblem, type FlowProblem } from './problems.js';
import type { RunContext } from './settings.js';

/**
 * Follows the flow of a two-layer network, and that from the start in which every unit is split into √β and
 * √(1−β) times itself, and says how far apart they are at each power of ten of α. Units of degree 2 stay split
 * (2505.12419 says it of flows and KKT points). Throws as `runTwoHomogeneous` does.
 */
export async function runSplitUnits(
  { problem: spec, decades, share }: SplitUnitsExperiment,
  context: RunContext = {},
): Promise<SplitUnitsRecord> {
  const problem = flowProblem(spec);
  const { name, objective, theta0, data } = problem;
  const activation = activationNamed(problem.activation);
  const { network } = spec;
  if (network.kind !== 'two-layer' || activation === undefined) {
    throw new Error(`${name}: expected a two-layer network.`);
  }
  const { width } = network;
  const fixed = network.fixed?.output?.flat();
  const wide = twoLayer(data.dimension, 2 * width, activation, {
    fixedOutput: fixed && Float64Array.from(fixed.flatMap((value) => [value, value])),
  });
  const split = (theta: Float64Array) => splitUnits(theta, data.dimension, width, share);
  const splitProblem: Pick<FlowProblem, 'name' | 'objective' | 'theta0'> = {
    name: `${name}, split`,
    objective: objectiveOf(wide, data.inputs, data.labels, objective.loss),
    theta0: split(theta0),
  };
  const whole = await decadePointsOf(problem, decades, context);
  const halves = await decadePointsOf(splitProblem, decades, context);
  const { degree } = objective.network;
  return {
    kind: 'split-units',
    name,
    message: halves.message,
    degree: degree.homogeneous ? degree.degree : NaN,
    alpha: Float64Array.from(whole.points, ({ alpha }) => alpha),
    apart: Float64Array.from(whole.points, ({ direction }, k) =>
      angleBetween(split(direction), halves.points[k].direction),
    ),
    margin: Float64Array.from(whole.points, ({ smallestMargin }) => smallestMargin),
    splitMargin: Float64Array.from(halves.points, ({ smallestMargin }) => smallestMargin),
  };
}

/** Rows of hidden weights, then output weights where they train, each unit's numbers twice. */
function splitUnits(
  theta: Float64Array,
  inputs: number,
  width: number,
  share: number,
): Float64Array {
  const factors = [Math.sqrt(share), Math.sqrt(1 - share)];
  const units = (values: Float64Array, size: number) =>
    Array.from({ length: width }, (_, j) => values.subarray(j * size, (j + 1) * size)).flatMap(
      (unit) => factors.flatMap((factor) => Array.from(unit, (value) => factor * value)),
    );
  const hidden = units(theta.subarray(0, inputs * width), inputs);
  const output = theta.length > inputs * width ? units(theta.subarray(inputs * width), 1) : [];
  return Float64Array.from([...hidden, ...output]);
}
