import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FlowResult } from '../../flows/index.js';
import { exponentialLoss, objective, type Loss, type Objective } from '../../losses/index.js';
import { projectRoot } from '../../native/index.js';
import { squaredRelu, twoLayer, type Pointwise } from '../../networks/index.js';
import { packed, type Packed } from './packed.js';

/** The two-layer squared-ReLU flow whose path is known from an independent run of high accuracy. */
export interface ReferenceProblem {
  readonly width: number;
  readonly objective: Objective;
  readonly theta0: Float64Array;
  readonly targets: readonly number[];
  /** The direction at each target of α. */
  readonly directions: readonly Float64Array[];
}

interface ReferenceFile {
  readonly network: { readonly inputs: number; readonly width: number };
  readonly targets: readonly number[];
  readonly inputs: readonly (readonly number[])[];
  readonly labels: readonly number[];
  readonly theta0: readonly number[];
  readonly rows: readonly ReferenceRow[];
}

export interface ReferenceRow {
  readonly direction: readonly number[];
  /** [example, unit, slope] for every kink that the flow slides on; for ReLU only. */
  readonly kinks?: readonly (readonly [number, number, number])[];
}

/** A reference file, with its problem for any activation and loss. */
export interface Reference {
  readonly file: ReferenceFile;
  bind(pointwise: Pointwise, loss: Loss): Objective;
}

export function readReference(name: 'squared-relu' | 'relu'): Reference {
  const path = join(projectRoot, 'datasets', 'reference', `flow-${name}.json`);
  const file = JSON.parse(readFileSync(path, 'utf8')) as ReferenceFile;
  const { inputs, width } = file.network;
  return {
    file,
    bind: (pointwise, loss) =>
      objective(
        twoLayer(inputs, width, pointwise),
        Float64Array.from(file.inputs.flat()),
        Float64Array.from(file.labels),
        loss,
      ),
  };
}

export function referenceProblem(): ReferenceProblem {
  const { file, bind } = readReference('squared-relu');
  return {
    width: file.network.width,
    objective: bind(squaredRelu, exponentialLoss),
    theta0: Float64Array.from(file.theta0),
    targets: file.targets,
    directions: file.rows.map(({ direction }) => Float64Array.from(direction)),
  };
}

/** The same as a peer reads it: see bench/peers/protocol.py. */
export function packedReference({
  width,
  objective,
  theta0,
  targets,
  directions,
}: ReferenceProblem): Readonly<Record<string, number | readonly number[] | Packed>> {
  return {
    width,
    targets,
    inputs: packed(objective.inputs),
    labels: packed(objective.labels),
    theta0: packed(theta0),
    reference: packed(Float64Array.from(directions.flatMap((row) => [...row]))),
  };
}

/** The directions where a run met the targets, one after the other; NaN where it met none. */
export function directionsAt(
  { marks }: FlowResult,
  targets: readonly number[],
  size: number,
): Float64Array {
  const all = new Float64Array(targets.length * size).fill(NaN);
  targets.forEach((target, k) => {
    const mark = marks.find(({ name }) => name === `alpha ${target}`);
    if (mark) all.set(mark.point.direction, k * size);
  });
  return all;
}

/** The largest distance of a direction from the one that it should be; NaN where one is missing. */
export function largestDistance(found: Float64Array, expected: readonly Float64Array[]): number {
  const size = expected[0].length;
  if (found.length !== size * expected.length) return NaN;
  const distances = expected.map((row, k) => {
    let sum = 0;
    for (let i = 0; i < size; i++) sum += (found[k * size + i] - row[i]) ** 2;
    return Math.sqrt(sum);
  });
  return distances.some(Number.isNaN) ? NaN : Math.max(...distances);
}
