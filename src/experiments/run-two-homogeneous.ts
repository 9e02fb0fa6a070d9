import { solveLimit, type FlowPoint } from '../flows/index.js';
import { dualCertificate, snapshot } from '../metrics/index.js';
import { activationNamed, type HomogeneousPointwise } from '../networks/index.js';
import type { GainByAngle, TwoHomogeneousRecord } from '../records/index.js';
import type { TwoHomogeneousExperiment } from '../specs/experiments/two-homogeneous.js';
import { decadePointsOf } from './follow-problem.js';
import { flowProblem, type FlowProblem } from './problems.js';
import type { RunContext } from './settings.js';

/** Directions of the plane at which gains are kept: every other degree. */
const ANGLES = 180;

/**
 * Follows the flow of a two-layer network of degree 2 to α = 10^`decades`, and asks at every power of ten what
 * the best single unit would gain against its dual variables: no network of any width has a larger margin
 * than that. Throws `Unfinished` where it does not come as far, `Interrupted` at the signal, and a sentence
 * for another network.
 */
export async function runTwoHomogeneous(
  { problem: spec, decades }: TwoHomogeneousExperiment,
  context: RunContext = {},
): Promise<TwoHomogeneousRecord> {
  const problem = flowProblem(spec);
  const { objective, name, seed, data } = problem;
  const { network } = spec;
  const { degree } = objective.network;
  const order = degree.homogeneous ? degree.degree : NaN;
  const activation = activationNamed(problem.activation);
  if (network.kind !== 'two-layer' || activation === undefined || order !== 2) {
    throw new Error(`${name}: expected a two-layer network of degree 2, got degree ${order}.`);
  }
  const fixed = network.fixed?.output?.flat() ?? [];
  if (fixed.some((weight) => Math.abs(weight) !== 1)) {
    throw new Error(`${name}: expected fixed output weights of 1 and −1, got ${fixed.join(', ')}.`);
  }
  const { points, message } = await decadePointsOf(problem, decades, context);
  // Of a unit a σ(w·x) with both layers trained, |a|‖w‖ is at most half of what it adds to ‖θ‖².
  const perGain = fixed.length > 0 ? 1 : 0.5;
  const certificates = points.map((point) =>
    certificateOf(problem, activation, dualsAt(problem, point)),
  );
  const limit = solveLimit(objective, points[points.length - 1]);
  const best = certificateOf(problem, activation, limit.multipliers);
  return {
    kind: 'two-homogeneous',
    name,
    activation: problem.activation,
    seed,
    width: network.width,
    examples: data.examples,
    message,
    perGain,
    alpha: Float64Array.from(points, ({ alpha }) => alpha),
    margin: Float64Array.from(points, ({ smallestMargin }) => smallestMargin),
    bound: Float64Array.from(certificates, ({ value }) => perGain * value),
    exact: best.exact && certificates.every(({ exact }) => exact),
    limit: {
      margin: limit.margin,
      bound: perGain * best.value,
      converged: limit.converged,
      unstable: limit.stability.unstable,
      lambda: limit.stability.lambda,
    },
    ...(data.dimension === 2 ? { gains: gainsOf(problem, activation, limit.multipliers) } : {}),
  };
}

function certificateOf({ data }: FlowProblem, activation: HomogeneousPointwise, q: Float64Array) {
  return dualCertificate(activation, data.inputs, data.labels, q);
}

/** The dual variables at a point, with sum 1: the run's own, where it carries them. */
function dualsAt({ objective, data }: FlowProblem, point: FlowPoint): Float64Array {
  const q = new Float64Array(data.examples);
  const { duals } = point;
  if (duals) duals.pairs.forEach((pair, k) => (q[pair] = duals.q[k]));
  else q.set(snapshot(objective, point.direction, point.logNorm).dual);
  const total = q.reduce((sum, value) => sum + value, 0);
  return q.map((value) => value / total);
}

function gainsOf(
  { data }: FlowProblem,
  activation: HomogeneousPointwise,
  q: Float64Array,
): GainByAngle {
  const angle = Float64Array.from({ length: ANGLES + 1 }, (_, k) => (360 * k) / ANGLES);
  const gain = angle.map((degrees) => {
    const [c, s] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
    const sum = data.labels.reduce((total, label, i) => {
      const at = c * data.inputs[2 * i] + s * data.inputs[2 * i + 1];
      return total + q[i] * label * activation.value(at);
    }, 0);
    return Math.abs(sum);
  });
  return { angle, gain };
}
