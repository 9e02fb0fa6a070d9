import { separation, type FlowPoint } from '../flows/index.js';
import { objective as objectiveOf, type Objective } from '../losses/index.js';
import { pathBound, spectralTerm } from '../metrics/index.js';
import { requireDegree } from '../networks/index.js';
import { norm } from '../numerics/vectors.js';
import type { GeneralizationRecord } from '../records/index.js';
import type { GeneralizationExperiment } from '../specs/experiments/generalization.js';
import { followToEnd } from './follow-problem.js';
import { problemRecord } from './measure-flow.js';
import { flowProblem } from './problems.js';
import type { RunContext } from './settings.js';

/** Margins are as accurate as they are judged: to some digits. */
const TOLERANCE = 1e-7;
const MAX_STEPS = 12_000;
/** Rows within each decade of α. */
const ROWS = [1, 2, 5];

/**
 * Follows a flow and evaluates margin bounds and the test error on its way. Throws `Unfinished` where it does not
 * reach its goal, `Interrupted` at the signal, and a sentence for a problem without held-out data.
 */
export async function runGeneralization(
  spec: GeneralizationExperiment,
  context: RunContext = {},
): Promise<GeneralizationRecord> {
  const problem = flowProblem(spec.problem);
  const { objective, data, test, name } = problem;
  if (test === undefined) throw new Error(`${name}: expected held-out data, found none.`);
  const { network, loss } = objective;
  const goal = 10 ** spec.decades;
  const within = Array.from({ length: spec.decades }, (_, k) => ROWS.map((m) => m * 10 ** k));
  const options = {
    tolerance: TOLERANCE,
    targets: [...within.flat(), goal],
    events: [separation],
    maxSteps: MAX_STEPS,
    keep: 'marks',
  } as const;
  const result = await followToEnd(problem, options, context);
  const points = result.marks
    .filter((mark) => mark.name === 'separation' || mark.name.startsWith('alpha '))
    .map(({ point }) => point);
  const held = objectiveOf(network, test.inputs, test.labels, loss);
  const inputNorm = norm(data.inputs);
  const column = (of: (point: FlowPoint) => number) => Float64Array.from(points, of);
  const setting = ({ smallestMargin: margin, alpha }: FlowPoint) =>
    // Where the last example is being classified its margin is 0 but for rounding.
    ({ inputNorm, examples: data.examples, margin: alpha > 0 ? margin : 0 });
  const wrong = new Float64Array(points.length * test.examples);
  points.forEach(({ direction }, k) => {
    const misses = held.margins(direction).map((margin) => (margin > 0 ? 0 : 1));
    wrong.set(misses, k * test.examples);
  });
  return {
    kind: 'generalization',
    problem: await problemRecord(problem),
    status: result.status,
    message: result.message,
    held: test.examples,
    alpha: column(({ alpha }) => alpha),
    smallestMargin: column(({ smallestMargin }) => smallestMargin),
    pathBound: column((point) => pathBound(network, point.direction, setting(point))),
    spectralTerm: column((point) => spectralTerm(network, point.direction, setting(point))),
    wrong,
    heldLoss: column((point) => meanLogistic(held, point)),
  };
}

/** Mean of log(1 + e^{−p}) over the examples of an objective, at a point of a run. */
function meanLogistic(held: Objective, { direction, logNorm }: FlowPoint): number {
  const degree = requireDegree(held.network.degree, 'A test loss');
  const size = Math.exp(degree * logNorm);
  const losses = held.margins(direction).map((margin) => {
    const p = size * margin;
    // The larger of 0 and −p is taken out, so that nothing overflows.
    return Math.max(0, -p) + Math.log1p(Math.exp(-Math.abs(p)));
  });
  return losses.reduce((sum, value) => sum + value, 0) / losses.length;
}
