import type { Dataset } from '../datasets/dataset.js';
import { lossNamed, objective, type Loss, type Objective } from '../losses/index.js';
import { datasetOf, type BuiltData } from './build-dataset.js';
import { networkOf } from './build-network.js';
import { startOf } from './build-start.js';
import { parseSpec } from './faults.js';
import { formatOf, type ProblemEntry } from './problem.js';
import type { DataReaders } from './readers.js';
import type { FlowSpec, ProblemSpec } from './spec-types.js';
import type { Probe } from './start.js';

/** What a description stands for, ready to be followed. */
export interface BuiltProblem {
  readonly name: string;
  readonly data: Dataset;
  /** Held-out data in the same coordinates. */
  readonly test?: Dataset;
  readonly objective: Objective;
  readonly theta0: Float64Array;
  /** Row-major inputs at which predictions are compared. */
  readonly probe: Float64Array;
}

export interface BuildOptions {
  /** What fetches files; without them a description that names one is refused. */
  readonly readers?: DataReaders;
  /** A loss that has no name here, in place of the description's. */
  readonly loss?: Loss;
  /** The examples, where they have been built already. */
  readonly data?: BuiltData;
}

/**
 * Builds what a description stands for: the same description gives the same bytes. Throws one sentence
 * that names the place where it makes no sense.
 */
export function buildProblem(
  spec: ProblemSpec | FlowSpec,
  options: BuildOptions = {},
): BuiltProblem {
  return problemOf(parseSpec(formatOf(spec), spec, 'the problem'), options);
}

/** The same for a description that has been checked. */
export function problemOf(entry: ProblemEntry, options: BuildOptions = {}): BuiltProblem {
  const { readers } = options;
  const { train, test } = options.data ?? datasetOf(entry.data, readers);
  const network = networkOf(entry.network, train);
  const loss = options.loss ?? lossNamed(entry.loss);
  return {
    name: entry.name,
    data: train,
    test,
    objective: objective(network, train.inputs, train.labels, loss, train.classes),
    theta0: startOf(entry.start, network, readers),
    probe: entry.probe ? probeOf(entry.probe) : (test ?? train).inputs,
  };
}

function probeOf(probe: Probe): Float64Array {
  return probe.kind === 'inputs' ? Float64Array.from(probe.inputs.flat()) : grid(probe.count);
}

/** count×count points of [−1, 1]², each with the constant 1. */
function grid(count: number): Float64Array {
  const at = (k: number) => (2 * k) / (count - 1) - 1;
  return Float64Array.from({ length: 3 * count * count }, (_, p) => {
    const point = Math.floor(p / 3);
    return [at(point % count), at(Math.floor(point / count)), 1][p % 3];
  });
}
