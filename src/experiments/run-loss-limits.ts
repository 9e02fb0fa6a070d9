import { descend, followFlow, type DescentResult, type FlowResult } from '../flows/index.js';
import {
  exponentialLoss,
  logisticLoss,
  objective,
  polynomialLoss,
  squaredHinge,
  stretchedLoss,
  type Loss,
  type Objective,
} from '../losses/index.js';
import { evenRows, maxMargin, powerMargin } from '../metrics/index.js';
import { directionAt } from '../metrics/paths.js';
import { angleBetween, minimum } from '../numerics/vectors.js';
import type { LossLimit, LossLimitsRecord } from '../records/index.js';
import type { LossLimitsExperiment, TailSpec } from '../specs/experiment.js';
import { problemRecord } from './measure-flow.js';
import { flowProblem, type FlowProblem } from './problems.js';
import { Interrupted, type RunContext } from './settings.js';

const TOLERANCE = 1e-10;
const MAX_STEPS = 100_000;
/** Rows that are kept of a run. */
const ROWS = 200;
/** Stretched tails are followed explicitly, by steps as short as 𝓛's logarithm asks for: to this of it. */
const LOG_RISK = 1e3;
/** A squared hinge is descended for so many steps; where its risk is this small it has come to rest. */
const HINGE_STEPS = 200_000;
const REST = 1 - 1e-9;

/**
 * Follows a linear model under each loss, and says how far it is from the maximum margin and from where its tail is
 * predicted to lead, both solved for apart. Throws a sentence for another network, `Interrupted` at the signal.
 */
export async function runLossLimits(
  { problem: spec, tails, decades }: LossLimitsExperiment,
  context: RunContext = {},
): Promise<LossLimitsRecord> {
  const problem = flowProblem(spec);
  const target = targetOf(problem);
  const losses = tails.map((tail) => {
    context.onProgress?.({ task: `${problem.name}, ${nameOf(tail)}`, alpha: NaN, goal: NaN });
    return limitOf(problem, tail, decades, target, context);
  });
  const complete = losses.filter((loss) => loss.complete).length;
  return {
    kind: 'loss-limits',
    problem: await problemRecord(problem),
    message: `${complete} of ${losses.length} runs came to their ends.`,
    margin: target.margin,
    weights: target.weights,
    gap: target.gap,
    support: target.multipliers.filter((multiplier) => multiplier > 0).length,
    losses,
  };
}

/** The gradients of all margins, which for a linear model do not depend on w, and the maximum margin. */
function targetOf({ name, objective: at }: FlowProblem) {
  const { layers } = at.network as { layers?: readonly { affine?: boolean }[] };
  if (layers?.length !== 1 || layers[0].affine !== true) {
    throw new Error(`'${name}' is to be a linear model for 'loss-limits'; it has other layers.`);
  }
  const rows = at.marginJacobian(new Float64Array(at.parameters)).slice();
  const ones = new Float64Array(at.examples * at.pairs).fill(1);
  const found = maxMargin(rows, ones, { norm: 'l2' });
  if (!(found.margin > 0)) {
    throw new Error(`No linear model classifies every example of '${name}'.`);
  }
  return { ...found, rows, ones };
}

type Target = ReturnType<typeof targetOf>;

function lossFor(tail: TailSpec): Loss {
  if (tail.kind === 'polynomial') return polynomialLoss(tail.power);
  if (tail.kind === 'stretched') return stretchedLoss(tail.exponent);
  return { exponential: exponentialLoss, logistic: logisticLoss, 'squared-hinge': squaredHinge }[
    tail.kind
  ];
}

function nameOf(tail: TailSpec): string {
  return lossFor(tail).name;
}

/** Where the tail leads: nowhere that is known for one that ends. */
function predictedFor(tail: TailSpec, { rows, ones, weights }: Target): Float64Array | undefined {
  if (tail.kind === 'squared-hinge') return undefined;
  if (tail.kind === 'polynomial') return powerMargin(rows, ones, { power: tail.power }).weights;
  return weights;
}

function limitOf(
  problem: FlowProblem,
  tail: TailSpec,
  decades: number,
  target: Target,
  context: RunContext,
): LossLimit {
  const loss = lossFor(tail);
  const { network, inputs, labels, classes } = problem.objective;
  const at = objective(network, inputs, labels, loss, classes);
  const result = followed(at, problem.theta0, tail, decades, context);
  if (result.status === 'interrupted') throw new Interrupted(result.message);
  const predicted = predictedFor(tail, target);
  const { trajectory, status, message } = result;
  const rows = evenRows(trajectory, ROWS);
  const of = (value: (direction: Float64Array) => number) =>
    Float64Array.from(rows, (row) => value(directionAt(trajectory, row)));
  const share = (direction: Float64Array) => minimum(at.margins(direction)) / target.margin;
  const angleFrom = (direction: Float64Array) =>
    predicted === undefined ? NaN : angleBetween(direction, predicted);
  const hinged = tail.kind === 'squared-hinge' && result.last.alpha >= REST;
  return {
    name: loss.name,
    tail,
    complete: status === 'finished' || hinged,
    message,
    alpha: Float64Array.from(rows, (row) => trajectory.alpha[row]),
    angleToMargin: of((direction) => angleBetween(direction, target.weights)),
    angleToOwn: of(angleFrom),
    marginShare: of(share),
    direction: result.last.direction.slice(),
    ...(predicted === undefined ? {} : { predicted }),
    predictedAngle: angleFrom(target.weights),
    predictedShare: predicted === undefined ? NaN : share(predicted),
  };
}

function followed(
  at: Objective,
  theta0: Float64Array,
  tail: TailSpec,
  decades: number,
  { signal }: RunContext,
): FlowResult | DescentResult {
  const stop = signal ? { signal } : {};
  if (tail.kind === 'squared-hinge') {
    const { inputs } = at;
    // Below 2 over the largest curvature, 2λ_max(Σ x xᵀ) at most.
    const step = 0.5 / inputs.reduce((sum, value) => sum + value * value, 0);
    const size = { untilAlpha: REST, maxSteps: HINGE_STEPS, saveFactor: 1.01, ...stop };
    return descend(at, theta0, { rule: { kind: 'constant', step }, ...size });
  }
  const goal = 10 ** decades;
  const stretched = tail.kind === 'stretched';
  const last = stretched
    ? Math.min(goal, (1 + tail.exponent * LOG_RISK) ** (1 / tail.exponent) - 1)
    : goal;
  const explicit = stretched || tail.kind === 'polynomial';
  return followFlow(at, theta0, {
    tolerance: TOLERANCE,
    targets: [last],
    maxSteps: MAX_STEPS,
    ...(explicit ? { method: 'explicit' } : {}),
    ...stop,
  });
}
