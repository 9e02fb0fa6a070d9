import { parametersAt, pointsOf } from '../flows/index.js';
import {
  conservedDifference,
  firstOrderMisalignment,
  linearLayers,
  maxMargin,
  misalignment,
  productDirection,
  type LinearLayer,
} from '../metrics/index.js';
import { algebraForOrder, angleBetween, norm, spectralNorm } from '../numerics/index.js';
import type { DeepLinearRecord, LayerCourse, NeighbourCourse } from '../records/index.js';
import type { DeepLinearExperiment } from '../specs/experiments/deep-linear.js';
import { counted } from '../text/numbers.js';
import { followToEnd, powersOfTen } from './follow-problem.js';
import { flowProblem } from './problems.js';
import type { RunContext } from './settings.js';

/**
 * Follows the flow of a deep linear network to α = 10^`decades` and measures its layers at every step.
 * Throws `Unfinished` where it does not come as far, `Interrupted` at the signal, and a sentence for a
 * network that is not linear with one score.
 */
export async function runDeepLinear(
  { problem: spec, decades }: DeepLinearExperiment,
  context: RunContext = {},
): Promise<DeepLinearRecord> {
  const problem = flowProblem(spec);
  const { objective, theta0, name, seed, data } = problem;
  const { network } = objective;
  if (problem.activation !== 'linear' || network.outputs !== 1) {
    const words = `${problem.activation} and ${counted(network.outputs, 'score')}`;
    throw new Error(`${name}: expected a linear network with one score, got ${words}.`);
  }
  const result = await followToEnd(problem, { targets: powersOfTen(decades) }, context);
  const best = maxMargin(data.inputs, data.labels, { norm: 'l2' });
  const start = linearLayers(network, theta0);
  const { trajectory } = result;
  const rows = pointsOf(trajectory).map((point) => linearLayers(network, parametersAt(point)));
  return {
    kind: 'deep-linear',
    name,
    seed,
    depth: start.length,
    examples: data.examples,
    message: result.message,
    maximum: { margin: best.margin, gap: best.gap },
    conditioning: conditioning(data.inputs, data.dimension, best.multipliers),
    alpha: trajectory.alpha,
    margin: trajectory.smallestMargin,
    productAngle: Float64Array.from(rows, (layers) =>
      angleBetween(productDirection(layers), best.weights),
    ),
    layers: start.map((_, k) => layerCourse(rows, k)),
    neighbours: start.slice(1).map((_, k) => neighbourCourse(start, rows, k)),
    bound: boundFrom(start),
  };
}

function layerCourse(rows: readonly LinearLayer[][], k: number): LayerCourse {
  return {
    spectralNorm: Float64Array.from(rows, (layers) => layers[k].value),
    rest: Float64Array.from(rows, (layers) => layers[k].rest),
  };
}

function neighbourCourse(
  start: readonly LinearLayer[],
  rows: readonly LinearLayer[][],
  k: number,
): NeighbourCourse {
  const kept = conservedDifference(start[k], start[k + 1]);
  return {
    sine: Float64Array.from(rows, (layers) => misalignment(layers[k], layers[k + 1])),
    predicted: Float64Array.from(rows, (layers) =>
      firstOrderMisalignment(layers[k], layers[k + 1], kept),
    ),
    drift: Float64Array.from(rows, (layers) => {
      const now = conservedDifference(layers[k], layers[k + 1]);
      return norm(now.map((value, i) => value - kept[i])) / norm(kept);
    }),
  };
}

/**
 * D = max‖W_k‖_F² − ‖W_L‖_F² + Σ‖W_kW_kᵀ − W_{k+1}ᵀW_{k+1}‖₂ at the start, after Ji & Telgarsky 2018 (arXiv
 * 1810.02032).
 */
function boundFrom(start: readonly LinearLayer[]): number {
  const squares = start.map(({ value, rest }) => value ** 2 + rest);
  const differences = start.slice(1).map((above, k) => {
    const size = start[k].rows;
    return spectralNorm(size, size, conservedDifference(start[k], above));
  });
  const sum = differences.reduce((total, value) => total + value, 0);
  return Math.max(...squares) - squares[squares.length - 1] + sum;
}

/** A multiplier above this share of the largest one makes a support vector. */
const PRESSING = 1e-9;
/** Singular values below this share of the largest one count as zero. */
const FLAT = 1e-9;

/** How far the support vectors of the maximum margin span R^dimension: σ_min/σ_max, 0 where they do not. */
function conditioning(inputs: Float64Array, dimension: number, multipliers: Float64Array): number {
  const least = PRESSING * Math.max(...multipliers);
  const rows = Array.from(multipliers.keys())
    .filter((i) => multipliers[i] > least)
    .map((i) => inputs.subarray(i * dimension, (i + 1) * dimension));
  if (rows.length < dimension) return 0;
  const values = algebraForOrder(dimension).singularValues(
    rows.length,
    dimension,
    Float64Array.from(rows.flatMap((row) => [...row])),
  );
  const share = values[dimension - 1] / values[0];
  return share > FLAT ? share : 0;
}
