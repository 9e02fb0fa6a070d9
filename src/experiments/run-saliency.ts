import { liftFromSpan, rotateIntoSpan } from '../datasets/index.js';
import { inputGradients, maxMargin } from '../metrics/index.js';
import { requireDegree } from '../networks/index.js';
import { angleBetween, norm } from '../numerics/vectors.js';
import type { FlowRecord, SaliencyPictures, SaliencyRecord } from '../records/index.js';
import { buildDataset, type DatasetSpec } from '../specs/index.js';
import { nodeReaders } from '../specs/node/readers.js';
import type { SaliencyExperiment } from '../specs/experiments/saliency.js';
import { pointAtDecade, separationPoint } from './follow-problem.js';
import { flowProblem, type FlowProblem } from './problems.js';
import { runFlow } from './run-flow.js';
import type { RunContext } from './settings.js';

/** Pictures are kept of so many images of each class … */
const PICTURES_PER_CLASS = 2;
/** … at separation, at these powers of ten of α, and at the limit. */
const PICTURES_AT = [0, 2];

/** Follows a flow and takes saliency maps at its powers of ten of α. Throws as `runFlow` does. */
export async function runSaliency(
  spec: SaliencyExperiment,
  context: RunContext = {},
): Promise<SaliencyRecord> {
  const problem = flowProblem(spec.problem);
  const flow = await runFlow(problem, spec.decades, context);
  const { certificate, decadePoints, decadeMeasures, visits } = flow;
  const { network } = problem.objective;
  const { inputs, examples } = problem.test ?? problem.data;
  const maps = (direction: Float64Array) => inputGradients(network, direction, inputs);
  const atLimit = maps(certificate.limit.direction);
  const anglesOf = (direction: Float64Array) => anglesByRow(maps(direction), atLimit, examples);
  const angles = new Float64Array(decadePoints.length * examples);
  decadePoints.forEach(({ direction }, k) => angles.set(anglesOf(direction), k * examples));
  const separated = separationPoint(flow.result);
  const degree = requireDegree(network.degree, 'The size of a saliency map');
  const pictures = picturesOf(spec.problem.data, problem, flow);
  return {
    kind: 'saliency',
    problem: flow.problem,
    certificate,
    visits,
    alphas: decadePoints.map(({ alpha }) => alpha),
    lambdas: decadeMeasures.map(({ lambda }) => lambda),
    inputs: examples,
    angles,
    ...(separated ? { separationAngles: anglesOf(separated.direction) } : {}),
    weightAngles: Float64Array.from(decadePoints, ({ direction }) =>
      angleBetween(direction, certificate.limit.direction),
    ),
    logSizes: Float64Array.from(
      decadePoints,
      ({ direction, logNorm }) => degree * logNorm + meanLogNorm(maps(direction), examples),
    ),
    ...besideMaxMargin(problem, flow),
    ...(pictures ? { pictures } : {}),
  };
}

function anglesByRow(some: Float64Array, others: Float64Array, rows: number): Float64Array {
  return Float64Array.from({ length: rows }, (_, i) =>
    angleBetween(rowOf(some, i, rows), rowOf(others, i, rows)),
  );
}

function meanLogNorm(maps: Float64Array, rows: number): number {
  let sum = 0;
  for (let i = 0; i < rows; i++) sum += Math.log(norm(rowOf(maps, i, rows)));
  return sum / rows;
}

function rowOf(maps: Float64Array, i: number, rows: number): Float64Array {
  const dimension = maps.length / rows;
  return maps.subarray(i * dimension, (i + 1) * dimension);
}

/** For a linear network, whose map is the product of its layers. */
function besideMaxMargin(
  { activation, data, objective }: FlowProblem,
  { decadePoints }: FlowRecord,
): { maxMarginAngles?: Float64Array } {
  if (activation !== 'linear') return {};
  const { inputs, labels, dimension } = data;
  const { weights } = maxMargin(inputs, labels, { norm: 'l2' });
  const product = (direction: Float64Array) =>
    inputGradients(objective.network, direction, inputs).subarray(0, dimension);
  return {
    maxMarginAngles: Float64Array.from(decadePoints, ({ direction }) =>
      angleBetween(product(direction), weights),
    ),
  };
}

/** Undefined where inputs are no images; maps in coordinates of a span go back to pixels. */
function picturesOf(
  data: DatasetSpec,
  problem: FlowProblem,
  flow: FlowRecord,
): SaliencyPictures | undefined {
  const plainSpec = 'span' in data ? { ...data, span: false } : data;
  const { train, test = train } = buildDataset(plainSpec, nodeReaders());
  if (test.image?.channels !== 1) return undefined;
  const isRotated = 'span' in data && data.span === true;
  const rotation = isRotated ? rotateIntoSpan(train) : undefined;
  const { height, width } = test.image;
  const shown = [1, -1].flatMap((label) =>
    [...test.labels.keys()]
      .filter((i) => test.labels[i] === label)
      .slice(0, PICTURES_PER_CLASS)
      .map((index, k) => ({ index, name: `y = ${label > 0 ? '+1' : '−1'}, no. ${k + 1}` })),
  );
  const { network } = problem.objective;
  const { inputs, examples } = problem.test ?? problem.data;
  const moments = momentsOf(flow);
  const maps = moments.map(({ direction }) => {
    const gradients = inputGradients(network, direction, inputs);
    return shown.map(({ index }) => {
      const own = rowOf(gradients, index, examples).slice();
      return rotation ? liftFromSpan(rotation, own) : own;
    });
  });
  return {
    height,
    width,
    moments: moments.map(({ name }) => name),
    images: shown.map(({ index, name }, k) => ({
      name,
      pixels: rowOf(test.inputs, index, test.examples).slice(),
      maps: maps.map((list) => list[k]),
    })),
  };
}

function momentsOf(flow: FlowRecord): { name: string; direction: Float64Array }[] {
  const { decadePoints, certificate } = flow;
  const separated = separationPoint(flow.result);
  return [
    ...(separated ? [{ name: 'first fit', direction: separated.direction }] : []),
    ...PICTURES_AT.flatMap((exponent) => {
      const point = pointAtDecade(decadePoints, exponent);
      return point ? [{ name: `α = ${10 ** exponent}`, direction: point.direction }] : [];
    }),
    { name: 'limit', direction: certificate.limit.direction },
  ];
}
