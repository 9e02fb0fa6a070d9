import { lossNamed, objective, type Objective } from '../../losses/index.js';
import {
  activationNamed,
  deep,
  linearModel,
  requireDegree,
  twoLayer,
  type Network,
} from '../../networks/index.js';
import { norm, normalized } from '../../numerics/index.js';
import type { FlowStart } from '../../flows/index.js';
import { leaveZero } from './leave-zero.js';
import { outputsOf } from './problem-checks.js';
import type { NetworkEntry, ProblemFile } from './problem-format.js';

/** A problem ready to be solved. */
export interface Problem {
  readonly file: ProblemFile;
  /** What the flow descends. */
  readonly objective: Objective;
  readonly degree: number;
  readonly theta0: Float64Array;
  /** Where the flow goes from θ₀ = 0, which has no direction; undefined for any other θ₀. */
  readonly departure?: FlowStart;
}

/** Builds the network and binds it to the data. Throws a sentence where the flow has no such form. */
export function problemOf(file: ProblemFile, name: string): Problem {
  const { network, classes } = file;
  const inputs = Float64Array.from(file.inputs.flat());
  const labels = Float64Array.from(file.labels);
  const bind = (bound: Network) => objective(bound, inputs, labels, lossNamed(file.loss), classes);
  const descended = networkOf(network, classes);
  const degree = degreeOf(descended, file, name);
  const theta0 = startOf(descended, file, name);
  const moving = bind(descended);
  const departure = theta0.every((value) => value === 0) ? leaveZero(moving, name) : undefined;
  if (!departure) requireFinite(moving, degree, theta0, name);
  return {
    file,
    objective: moving,
    degree,
    theta0,
    departure,
  };
}

/** The network of a file. */
export function networkOf(entry: NetworkEntry, classes: number): Network {
  const outputs = outputsOf(classes);
  if (entry.kind === 'linear') return linearModel(entry.inputs, outputs);
  const pointwise = activationNamed(entry.activation)!;
  if (entry.kind === 'deep') return deep(entry.widths, pointwise);
  const { inputs, width, fixed } = entry;
  const flat = (rows: readonly number[][] | undefined) => rows && Float64Array.from(rows.flat());
  return twoLayer(inputs, width, pointwise, {
    outputs,
    fixedHidden: flat(fixed.hidden),
    fixedOutput: flat(fixed.output),
  });
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
  if (file.network.kind !== 'linear' && theta0.every((value) => value === 0)) {
    throw new Error(`${name}: theta0 is zero; expected a start with a direction.`);
  }
  return theta0;
}
