import type { FlowStart } from '../../flows/index.js';
import type { Objective } from '../../losses/index.js';
import { requireDegree, type Network } from '../../networks/index.js';
import { norm, normalized } from '../../numerics/index.js';
import { problemOf as build } from '../../specs/build-problem.js';
import type { PlainProblem } from '../../specs/plain-format.js';
import { entryOfPlain } from '../../specs/plain-problem.js';
import { leaveZero } from './leave-zero.js';
import { withFileName } from './with-file-name.js';

/** A problem ready to be solved. */
export interface Problem {
  readonly file: PlainProblem;
  /** What the flow descends. */
  readonly objective: Objective;
  readonly degree: number;
  readonly theta0: Float64Array;
  /** Where the flow goes from θ₀ = 0, which has no direction; undefined for any other θ₀. */
  readonly departure?: FlowStart;
}

/** Builds the network and binds it to the data. Throws a sentence where the flow has no such form. */
export function problemOf(file: PlainProblem, name: string): Problem {
  const { objective: moving, theta0 } = withFileName(name, () => build(entryOfPlain(file, name)));
  const degree = degreeOf(moving.network, file, name);
  requireDirection(file, theta0, name);
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

function degreeOf(network: Network, file: PlainProblem, name: string): number {
  const degree = requireDegree(network.degree, 'The flow');
  if (file.homogeneity !== undefined && file.homogeneity !== degree) {
    throw new Error(
      `${name}: homogeneity is ${file.homogeneity}; expected ${degree}, the degree of this network in its trained weights.`,
    );
  }
  return degree;
}

function requireDirection({ network }: PlainProblem, theta0: Float64Array, name: string): void {
  if (network.kind !== 'linear' && theta0.every((value) => value === 0)) {
    throw new Error(`${name}: theta0 is zero; expected a start with a direction.`);
  }
}
