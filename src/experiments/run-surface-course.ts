import { separation, type FlowPoint, type FlowResult } from '../flows/index.js';
import { objective } from '../losses/index.js';
import {
  planeScores,
  tangentMaxMargin,
  tangentScores,
  type PlaneScores,
  type SurfaceMoment,
  type TangentMaxMargin,
} from '../metrics/index.js';
import { evaluator, requireSerial } from '../networks/index.js';
import { angleBetween, norm } from '../numerics/index.js';
import type { SurfaceCourseRecord, SurfaceStage } from '../records/index.js';
import type { SurfaceCourseExperiment } from '../specs/experiments/surface-course.js';
import { powerOfTen } from '../text/numbers.js';
import { followProblem, powersOfTen, targetMarks } from './follow-problem.js';
import { problemRecord } from './measure-flow.js';
import { flowProblem, type FlowProblem } from './problems.js';
import type { RunContext } from './settings.js';

const TOLERANCE = 1e-8;
/** A start that does not fit its data comes to rest, or uses these up. */
const MAX_STEPS = 2_000;
/** Points along a side of the grid that surfaces are compared on. */
const SIDE = 31;

/** Follows the flow and measures its surface against its own tangent kernel. Throws `Interrupted` at the signal. */
export async function runSurfaceCourse(
  spec: SurfaceCourseExperiment,
  context: RunContext = {},
): Promise<SurfaceCourseRecord> {
  const problem = withOpposedUnits(flowProblem(spec.problem), spec.opposed ?? false);
  const { data, theta0 } = problem;
  const { network } = problem.objective;
  const kernel = tangentMaxMargin(network, theta0, data.inputs, data.labels, { trained: 'all' });
  const options = {
    task: `${problem.name}, width ${widthOf(problem)}`,
    tolerance: TOLERANCE,
    targets: powersOfTen(spec.decades),
    events: [separation],
    maxSteps: MAX_STEPS,
  };
  const result = await followProblem(problem, options, context);
  const kernelScores = kernelPredictor(problem, kernel);
  const moments = momentsOf(result);
  const stages = stagesOf(problem, moments, kernelScores);
  return {
    kind: 'surface-course',
    problem: await problemRecord(problem),
    width: widthOf(problem),
    opposed: spec.opposed ?? false,
    kernelMargin: kernel.margin,
    kernelGap: kernel.gap,
    finished: result.status === 'finished',
    fitsOnTheWay: moments[0]?.name === FIRST,
    message: result.message,
    stages,
    surfaces: surfacesOf(problem, moments, stages, kernel, kernelScores),
  };
}

const FIRST = 'all classified';

interface Moment {
  readonly name: string;
  readonly point: FlowPoint;
}

/** First perfect classification, and the powers of ten of α that were met. */
function momentsOf(result: FlowResult): Moment[] {
  const first = result.marks.filter(({ name }) => name === separation.name).slice(-1);
  return [
    ...first.map(({ point }) => ({ name: FIRST, point })),
    ...targetMarks(result).map(({ point }, k) => ({ name: `α = ${powerOfTen(k)}`, point })),
  ];
}

function widthOf({ objective: { network } }: FlowProblem): number {
  return network.blocks[0].rows;
}

/** The problem with a start at which units cancel in pairs; of an odd width the last unit starts at 0. */
function withOpposedUnits(problem: FlowProblem, opposed: boolean): FlowProblem {
  if (!opposed) return problem;
  const { network } = problem.objective;
  const theta0 = problem.theta0.slice();
  const [hidden, output] = network.blocks;
  const half = Math.floor(hidden.rows / 2);
  const size = hidden.columns;
  for (let unit = 0; unit < half; unit++) {
    const from = hidden.offset + unit * size;
    theta0.copyWithin(from + half * size, from, from + size);
    theta0[output.offset + half + unit] = -theta0[output.offset + unit];
  }
  theta0.fill(0, hidden.offset + 2 * half * size, hidden.offset + hidden.rows * size);
  theta0.fill(0, output.offset + 2 * half, output.offset + hidden.rows);
  const { inputs, labels, loss } = problem.objective;
  return { ...problem, theta0, objective: objective(network, inputs, labels, loss) };
}

type Scores = (inputs: Float64Array) => Float64Array;

function kernelPredictor({ objective: at, theta0 }: FlowProblem, kernel: TangentMaxMargin): Scores {
  const network = requireSerial(at.network, 'A tangent kernel');
  return (inputs) => tangentScores(network, theta0, kernel.direction, inputs);
}

/** Inputs on a grid over the square that holds the data, with their constant. */
function gridOver({ data }: FlowProblem): Float64Array {
  const { inputs, dimension, examples } = data;
  let reach = 0;
  for (let i = 0; i < examples; i++) {
    const [x, y] = [inputs[i * dimension], inputs[i * dimension + 1]];
    reach = Math.max(reach, Math.abs(x), Math.abs(y));
  }
  const grid = new Float64Array(SIDE * SIDE * dimension);
  const place = (k: number) => reach * ((2 * k) / (SIDE - 1) - 1);
  for (let k = 0; k < SIDE * SIDE; k++) {
    grid[k * dimension] = place(k % SIDE);
    grid[k * dimension + 1] = place(Math.floor(k / SIDE));
    if (dimension === 3) grid[k * dimension + 2] = inputs[2];
  }
  return grid;
}

function stagesOf(
  problem: FlowProblem,
  moments: readonly Moment[],
  kernelScores: Scores,
): SurfaceStage[] {
  const grid = gridOver(problem);
  const engine = evaluator(problem.objective.network, grid);
  const kernel = kernelScores(grid);
  const surfaces = moments.map(({ point }) => engine.outputs(point.direction).slice());
  const other = (a: Float64Array, b: Float64Array) =>
    a.filter((value, k) => value > 0 !== b[k] > 0).length / a.length;
  const last = surfaces[surfaces.length - 1];
  return moments.map(({ name, point }, k) => ({
    name,
    alpha: point.alpha,
    toKernel: angleBetween(surfaces[k], kernel),
    toFirst: angleBetween(surfaces[k], surfaces[0]),
    toLast: angleBetween(surfaces[k], last),
    otherThanKernel: other(surfaces[k], kernel),
    otherThanFirst: other(surfaces[k], surfaces[0]),
  }));
}

/** The kernel's predictor, the first fit, for a lazy start where it is nearest to the kernel, and the end. */
function surfacesOf(
  problem: FlowProblem,
  moments: readonly Moment[],
  stages: readonly SurfaceStage[],
  kernel: TangentMaxMargin,
  kernelScores: Scores,
): PlaneScores {
  const { network } = problem.objective;
  const nearest = stages.reduce((k, { toKernel }, j) => (toKernel < stages[k].toKernel ? j : k), 0);
  const chosen = [...new Set([0, nearest, moments.length - 1])].filter((k) => k in moments);
  const sized = (scores: Scores, margin: number, title: string): SurfaceMoment => {
    const size = norm(scores(gridOver(problem))) / SIDE || 1;
    const scaled = (inputs: Float64Array) => scores(inputs).map((value) => value / size);
    return { title, direction: kernel.direction, margin: margin / size, scores: scaled };
  };
  return planeScores(network, problem.data, [
    sized(kernelScores, kernel.margin, 'tangent kernel'),
    ...chosen.map((k) => {
      const { name, point } = moments[k];
      const scores = (inputs: Float64Array) => evaluator(network, inputs).outputs(point.direction);
      return sized(scores, k === 0 ? 0 : point.smallestMargin, name);
    }),
  ]);
}
