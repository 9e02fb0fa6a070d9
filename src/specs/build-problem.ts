import { lossNamed, objective } from '../losses/index.js';
import { datasetOf } from './build-dataset.js';
import { networkOf } from './build-network.js';
import { startOf } from './build-start.js';
import type { BuildOptions, BuiltProblem } from './built.js';
import type { ProblemEntry } from './problem.js';
import type { Probe } from './start.js';

/** `buildProblem` for a description that has been checked. */
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
