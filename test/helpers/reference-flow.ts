import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { followFlow, type FlowPoint, type FlowResult } from '../../src/flows/index.js';
import { exponentialLoss, objective, type SerialObjective } from '../../src/losses/index.js';
import {
  rampedRelu,
  relu,
  squaredRelu,
  twoLayer,
  type Pointwise,
} from '../../src/networks/index.js';
import { dot, norm } from '../../src/numerics/vectors.js';
import { projectRoot } from './project-root.js';

/** One row of a reference file: where α first reaches `target`. */
export interface ReferenceRow {
  readonly target: number;
  readonly logT: number;
  readonly logNorm: number;
  readonly normalizedMargin: number;
  readonly alignment: number;
  readonly direction: readonly number[];
  /** [example, unit, slope on the kink]; for ReLU only. */
  readonly kinks?: readonly (readonly [number, number, number])[];
}

interface ReferenceFile {
  readonly network: { readonly inputs: number; readonly width: number };
  readonly targets: readonly number[];
  readonly inputs: readonly (readonly number[])[];
  readonly labels: readonly number[];
  readonly theta0: readonly number[];
  readonly rows: readonly ReferenceRow[];
}

export interface ReferenceFlow {
  readonly theta0: Float64Array;
  readonly targets: readonly number[];
  readonly rows: readonly ReferenceRow[];
  /** The problem, with the given activation in place of the file's. */
  objectiveWith(pointwise: Pointwise): SerialObjective;
}

export function referenceFlow(name: 'squared-relu' | 'relu'): ReferenceFlow {
  const path = join(projectRoot(), 'datasets', 'reference', `flow-${name}.json`);
  const file = JSON.parse(readFileSync(path, 'utf8')) as ReferenceFile;
  const { network, targets, inputs, labels, theta0, rows } = file;
  return {
    theta0: Float64Array.from(theta0),
    targets,
    rows,
    objectiveWith: (pointwise) =>
      objective(
        twoLayer(network.inputs, network.width, pointwise),
        Float64Array.from(inputs.flat()),
        Float64Array.from(labels),
        exponentialLoss,
      ),
  };
}

export const RAMP_WIDTH = 1e-7;

interface ReferenceRun {
  readonly at: SerialObjective;
  readonly result: FlowResult;
}

/** Our run of the squared-ReLU problem, two decades longer than the file; computed once. */
export const squaredReluRun = once<ReferenceRun>(() => {
  const { theta0, targets, objectiveWith } = referenceFlow('squared-relu');
  const at = objectiveWith(squaredRelu);
  const options = { tolerance: 1e-9, targets: [...targets, 1e6, 1e7], maxSteps: 5000 };
  return { at, result: followFlow(at, theta0, options) };
});

/** Our run of the ReLU problem, two decades longer than the file; computed once. */
export const reluRun = once<ReferenceRun>(() => {
  const { theta0, targets, objectiveWith } = referenceFlow('relu');
  const at = objectiveWith(relu);
  const options = { tolerance: 1e-9, targets: [...targets, 1e6, 1e7], maxSteps: 3000 };
  return { at, result: followFlow(at, theta0, options) };
});

/** The same with kinks made ramps; computed once, in a few seconds. */
export const rampedReluRun = once<ReferenceRun>(() => {
  const { theta0, targets, objectiveWith } = referenceFlow('relu');
  const at = objectiveWith(rampedRelu(RAMP_WIDTH));
  return { at, result: followFlow(at, theta0, { tolerance: 1e-10, targets, maxSteps: 10000 }) };
});

/** The point where a run landed on a target of α. */
export function pointAtTarget(result: FlowResult, target: number): FlowPoint {
  const mark = result.marks.find(({ name }) => name === `alpha ${target}`);
  if (!mark) throw new Error(`The run never met α = ${target}: ${result.message}`);
  return mark.point;
}

/** cos(θ, −∇𝓛(θ)) = L Σ q p / ‖Σ q ∇p‖ at ‖θ‖ = 1. */
export function cosineAt(at: SerialObjective, point: FlowPoint): number {
  const { degree } = at.network;
  if (!degree.homogeneous) throw new Error('The cosine needs a degree.');
  const scale = Math.exp(degree.degree * point.logNorm);
  const { q, margins, gradient } = at.evaluate(point.direction, scale);
  return (degree.degree * dot(q, margins)) / norm(gradient);
}

function once<T>(make: () => T): () => T {
  let value: T | undefined;
  return () => (value ??= make());
}
