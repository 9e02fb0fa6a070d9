import { KINK_WIDTH } from '../../experiments/index.js';
import { lossNamed, objective, type Objective } from '../../losses/index.js';
import {
  deep,
  gatedRelu,
  identity,
  linearModel,
  rampedRelu,
  relu,
  requireDegree,
  squaredRelu,
  twoLayer,
  type Network,
  type Pointwise,
} from '../../networks/index.js';
import { norm, normalized } from '../../numerics/index.js';
import { outputsOf } from './problem-checks.js';
import type { NetworkEntry, ProblemFile } from './problem-format.js';

/** A problem ready to be solved. */
export interface Problem {
  readonly file: ProblemFile;
  /** What the flow descends; with kinks beyond the first hidden layer, these are ramps. */
  readonly objective: Objective;
  /** The objective whose KKT points are the limits. */
  readonly limit: Objective;
  /** Preactivations of θ/‖θ‖ this near to 0 are on the kink; undefined where nothing has kinks. */
  readonly kinkWidth?: number;
  /** Width of the ramps; undefined where there are none. */
  readonly rampWidth?: number;
  readonly degree: number;
  readonly theta0: Float64Array;
}

/** What ramps and limits need has parameters × parameters numbers: 128 MB at this many. */
export const MOST_PARAMETERS = 4000;

/** Builds the network and binds it to the data. Throws a sentence where the flow has no such form. */
export function problemOf(file: ProblemFile, name: string): Problem {
  const { network, classes } = file;
  const inputs = Float64Array.from(file.inputs.flat());
  const labels = Float64Array.from(file.labels);
  const bind = (bound: Network) => objective(bound, inputs, labels, lossNamed(file.loss), classes);
  const kinked = hasKinks(network);
  const ramped = kinked && network.kind === 'deep' && network.widths.length > 3;
  const descended = networkOf(network, classes, ramped ? rampedRelu(KINK_WIDTH) : relu);
  if (ramped) requireSize(descended, name);
  const degree = degreeOf(descended, file, name);
  const theta0 = startOf(descended, file, name);
  const moving = bind(descended);
  requireFinite(moving, degree, theta0, name);
  return {
    file,
    objective: moving,
    limit: kinked ? bind(networkOf(network, classes, gatedRelu(KINK_WIDTH))) : moving,
    kinkWidth: kinked ? KINK_WIDTH : undefined,
    rampWidth: ramped ? KINK_WIDTH : undefined,
    degree,
    theta0,
  };
}

/** A ReLU's kinks matter where the weights before it move. */
function hasKinks(network: NetworkEntry): boolean {
  if (network.kind === 'linear' || network.activation !== 'relu') return false;
  return network.kind === 'deep' ? network.widths.length > 2 : network.trained.includes('hidden');
}

/** The network of a file, with `kink` where the file says relu. */
function networkOf(entry: NetworkEntry, classes: number, kink: Pointwise): Network {
  const outputs = outputsOf(classes);
  if (entry.kind === 'linear') return linearModel(entry.inputs, outputs);
  const pointwise = { relu: kink, 'squared-relu': squaredRelu, linear: identity }[entry.activation];
  if (entry.kind === 'deep') return deep(entry.widths, pointwise);
  const { inputs, width, fixed } = entry;
  const flat = (rows: readonly number[][] | undefined) => rows && Float64Array.from(rows.flat());
  return twoLayer(inputs, width, pointwise, {
    outputs,
    fixedHidden: flat(fixed.hidden),
    fixedOutput: flat(fixed.output),
  });
}

function requireSize({ parameters }: Network, name: string): void {
  if (parameters <= MOST_PARAMETERS) return;
  throw new Error(
    `${name}: the network has ${parameters} trained parameters; expected at most ${MOST_PARAMETERS} with ReLU in several layers, ` +
      'where the Jacobian of the implicit method is parameters × parameters: take fewer units, or rotate the inputs into their span.',
  );
}

function requireFinite(
  moving: Objective,
  degree: number,
  theta0: Float64Array,
  name: string,
): void {
  const length = norm(theta0);
  const scale = length ** degree;
  if (Number.isFinite(scale)) {
    const direction = normalized(theta0);
    const alpha = moving.alpha(direction, scale);
    const margins = moving.margins(direction);
    if (Number.isFinite(alpha) && margins.every((p) => Number.isFinite(scale * p))) return;
  }
  throw new Error(
    `${name}: theta0, of norm ${length.toPrecision(3)}, gives margins or an α that are not finite; expected a start and inputs of moderate size.`,
  );
}

function degreeOf(network: Network, file: ProblemFile, name: string): number {
  const degree = requireDegree(network.degree, 'The flow');
  if (file.homogeneity !== undefined && file.homogeneity !== degree) {
    throw new Error(
      `${name}: homogeneity is ${file.homogeneity}; expected ${degree}, the degree of this network in its trained weights.`,
    );
  }
  return degree;
}

function startOf(network: Network, file: ProblemFile, name: string): Float64Array {
  const theta0 = Float64Array.from(file.theta0);
  if (theta0.length !== network.parameters) {
    const blocks = network.blocks.map((block) => `${block.name} ${block.rows}×${block.columns}`);
    throw new Error(
      `${name}: theta0 has ${theta0.length} numbers; expected ${network.parameters} (${blocks.join(', ')}).`,
    );
  }
  if (theta0.every((value) => value === 0)) {
    throw new Error(`${name}: theta0 is zero; expected a start with a direction.`);
  }
  return theta0;
}
