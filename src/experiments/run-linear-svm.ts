import { descend, pointAt, pointsOf, type FlowPoint, type Trajectory } from '../flows/index.js';
import {
  interpolateAt,
  liesInPlane,
  maxMargin,
  planeScores,
  snapshot,
  type MaxMargin,
} from '../metrics/index.js';
import {
  algebraForOrder,
  angleBetween,
  dot,
  minimum,
  minimumNormSolution,
  norm,
} from '../numerics/index.js';
import type { LinearRun, LinearSvmRecord } from '../records/index.js';
import type { LinearSvmExperiment } from '../specs/experiments/linear-svm.js';
import { powersOfTen } from './follow-problem.js';
import { problemRecord } from './measure-flow.js';
import { flowProblem, type FlowProblem } from './problems.js';
import { runFlow } from './run-flow.js';
import { Interrupted, type RunContext } from './settings.js';

const SAVE_EVERY = 1.01;
/** α that descent never reaches: it ends by its steps. */
const OUT_OF_REACH = 1e9;

/** Follows a linear classifier both ways and measures it against the maximum margin. Throws as `runFlow`. */
export async function runLinearSvm(
  spec: LinearSvmExperiment,
  context: RunContext = {},
): Promise<LinearSvmRecord> {
  const problem = flowProblem(spec.problem);
  const { inputs, labels } = problem.data;
  const law = lawOf(problem, maxMargin(inputs, labels, { norm: 'l2' }));
  const run = await runFlow(problem, spec.decades, context);
  const { trajectory } = run.result;
  const flow = columnsOf(problem, law, 'gradient flow', trajectory);
  const alphas = Float64Array.from(powersOfTen(spec.decades));
  const descents = spec.starts.map((start) => descentFrom(problem, spec, start, context));
  const [first] = descents;
  return {
    kind: 'linear-svm',
    problem: await problemRecord(problem),
    svm: law.svm,
    supportVectors: law.support.length,
    spans: law.spans,
    offset: law.offset,
    lawExponent: exponentOf(problem, law),
    leastSquaresAngle: angleBetween(leastSquares(problem), law.svm.weights),
    flow,
    decadeAlphas: alphas,
    decadeAngles: alphas.map((alpha) => interpolateAt(flow.alpha, flow.angle, alpha)),
    limitAngle: angleBetween(run.certificate.limit.direction, law.svm.weights),
    doubts: run.certificate.doubts,
    predictedRatio: run.certificate.predictedRatio,
    descents: descents.map(({ trajectory: rows }, k) =>
      columnsOf(problem, law, nameOf(spec.starts[k]), rows),
    ),
    message: [run.result, ...descents].map(({ message }) => message).join(' '),
    // All steps taken is the goal here, which descent itself calls running out of them.
    finished: descents.every(({ status }) => status === 'max-steps'),
    ...surfacesOf(problem, law, first.trajectory),
  };
}

/** The law w(t) = ŵ log t + w̃ + o(1) of Soudry et al. 2018. */
interface Law {
  readonly svm: MaxMargin;
  /** ŵ, the weights that have margin 1. */
  readonly unscaled: Float64Array;
  readonly offset: Float64Array;
  readonly support: readonly number[];
  readonly spans: boolean;
}

/** A multiplier below this is that of no support vector. */
const NO_SUPPORT = 1e-9;
/** Support vectors within this share of depending on each other do not span. */
const INDEPENDENT = 1e-9;

/**
 * w̃ balances the support vectors: Σ exp(−zᵢ·w̃) zᵢ = ŵ = Σ λᵢ zᵢ with zᵢ = yᵢ xᵢ, so zᵢ·w̃ = −log λᵢ where
 * they are independent, and where they span every direction that is all there is to know.
 */
function lawOf({ data }: FlowProblem, svm: MaxMargin): Law {
  const { inputs, labels, dimension } = data;
  const support = [...labels.keys()].filter((i) => svm.multipliers[i] > NO_SUPPORT);
  const rows = new Float64Array(support.length * dimension);
  support.forEach((i, k) => {
    for (let j = 0; j < dimension; j++) {
      rows[k * dimension + j] = labels[i] * inputs[i * dimension + j];
    }
  });
  const logs = Float64Array.from(support, (i) => -Math.log(svm.multipliers[i] / svm.margin ** 2));
  const offset = minimumNormSolution(support.length, dimension, rows, logs, INDEPENDENT);
  const off = support.map((_, k) => {
    const row = rows.subarray(k * dimension, (k + 1) * dimension);
    return row.reduce((sum, value, j) => sum + value * offset[j], -logs[k]);
  });
  const spans = support.length === dimension && Math.max(...off.map(Math.abs)) < INDEPENDENT;
  return { svm, unscaled: svm.weights.map((value) => value / svm.margin), offset, support, spans };
}

/** How fast the law is approached: see `LinearSvmRecord.lawExponent`. */
function exponentOf({ data }: FlowProblem, { svm, unscaled, support }: Law): number {
  const { inputs, labels, dimension, examples } = data;
  const scaled = new Float64Array(support.length * dimension);
  let least = 1;
  for (let i = 0; i < examples; i++) {
    const row = inputs.subarray(i * dimension, (i + 1) * dimension);
    const place = support.indexOf(i);
    if (place < 0) least = Math.min(least, labels[i] * dot(unscaled, row) - 1);
    const root = Math.sqrt(svm.multipliers[i]) / svm.margin;
    if (place >= 0) scaled.set(row.map((value) => root * value), place * dimension); // prettier-ignore
  }
  const values = algebraForOrder(dimension).singularValues(support.length, dimension, scaled);
  return Math.min(least, values[values.length - 1] ** 2);
}

function columnsOf(
  { objective }: FlowProblem,
  { svm, unscaled, offset }: Law,
  name: string,
  rows: Trajectory,
): LinearRun {
  const points = pointsOf(rows);
  const predicted = ({ logTime }: FlowPoint) =>
    offset.map((value, j) => value + logTime * unscaled[j]);
  const column = (of: (point: FlowPoint) => number) => Float64Array.from(points, of);
  const isFlow = name === 'gradient flow';
  return {
    name,
    steps: column(({ clock }) => (isFlow ? NaN : clock)),
    logTime: column(({ logTime }) => logTime),
    alpha: column(({ alpha }) => alpha),
    angle: column(({ direction }) => angleBetween(direction, svm.weights)),
    predictedAngle: column((point) =>
      point.logTime > 0 ? angleBetween(predicted(point), svm.weights) : NaN,
    ),
    marginShare: column(
      ({ direction }) => minimum(objective.margins(direction)) / norm(direction) / svm.margin,
    ),
    dualDistance: column((point) => {
      const { dual } = snapshot(objective, point.direction, point.logNorm);
      const total = dual.reduce((sum, value) => sum + value, 0);
      return Math.max(...dual.map((value, i) => Math.abs(value / total - svm.multipliers[i])));
    }),
    lawDistance: column((point) => {
      const law = predicted(point);
      const length = Math.exp(point.logNorm);
      return norm(point.direction.map((value, j) => length * value - law[j])) / norm(offset);
    }),
  };
}

/** A descent in a legend. */
function nameOf(start: number): string {
  return `descent from ${start === 1 ? 'θ₀' : `θ₀ × ${String(start).replace('-', '−')}`}`;
}

function descentFrom(
  problem: FlowProblem,
  { step, steps }: LinearSvmExperiment,
  start: number,
  context: RunContext,
) {
  const task = `${problem.name}, descent from the start × ${start}`;
  const result = descend(
    problem.objective,
    problem.theta0.map((value) => start * value),
    {
      rule: { kind: 'constant', step },
      untilAlpha: OUT_OF_REACH,
      maxSteps: steps,
      saveFactor: SAVE_EVERY,
      signal: context.signal,
      onStep: (taken, alpha) => {
        if (taken % 5000 !== 0) return;
        context.onProgress?.({ task, alpha, goal: NaN, share: taken / steps });
      },
    },
  );
  if (result.status === 'interrupted') throw new Interrupted(result.message);
  return result;
}

/** The w that minimises ‖Xw − y‖: what the squared loss would go to. */
function leastSquares({ data }: FlowProblem): Float64Array {
  const { inputs, labels, examples, dimension } = data;
  return minimumNormSolution(examples, dimension, inputs, labels, Number.EPSILON);
}

/** Descent where it first classifies every example, at its end, and the maximum margin. */
function surfacesOf({ objective, data }: FlowProblem, { svm }: Law, rows: Trajectory) {
  if (!liesInPlane(data) || objective.network.degree.homogeneous === false) return {};
  const places = [...rows.alpha.keys()];
  const fitted = places.find((k) => rows.smallestMargin[k] > 0);
  const moment = (k: number, title: string) => {
    const { direction, smallestMargin } = pointAt(rows, k);
    return { title, direction, margin: smallestMargin };
  };
  const surfaces = planeScores(objective.network, data, [
    ...(fitted === undefined ? [] : [moment(fitted, 'descent, all classified')]),
    moment(places.length - 1, 'descent, its end'),
    { title: 'maximum margin', direction: svm.weights, margin: svm.margin },
  ]);
  return { surfaces };
}
