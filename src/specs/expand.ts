import type { Dataset } from '../datasets/dataset.js';
import { requireAgreement } from './agreement.js';
import { datasetOf } from './build-dataset.js';
import { networkOf } from './build-network.js';
import { startOf } from './build-start.js';
import type { BuiltData } from './built.js';
import { faultText, type JsonPath } from './faults.js';
import { withInputs } from './network-sizes.js';
import type { PlainProblem } from './plain-format.js';
import type { FlowFileEntry } from './problem.js';
import type { DataReaders } from './readers.js';

/** Where a description says what a problem in the open says elsewhere. */
const PLACES: Readonly<Record<PropertyKey, JsonPath>> = {
  inputs: ['data', 'inputs'],
  labels: ['data', 'labels'],
  targets: ['solver', 'targets'],
};

/**
 * The problem of a description with all its numbers in the open, as a result repeats it; `data` are its
 * examples, where they have been built already. Throws one sentence that names the place where parts of
 * it do not agree.
 */
export function expand(
  entry: FlowFileEntry,
  readers: DataReaders,
  data: BuiltData = datasetOf(entry.data, readers),
): PlainProblem {
  const { train, provenance } = data;
  const network = networkOf(entry.network, train);
  const problem: PlainProblem = {
    network: withInputs(entry.network, train.dimension),
    loss: entry.loss,
    classes: train.classes,
    targets: entry.solver.targets,
    inputs: rowsOf(train),
    labels: [...train.labels],
    theta0: [...startOf(entry.start, network, readers)],
    ...(provenance && { data: provenance }),
  };
  requireAgreement(problem, ([first, ...rest], value, expected) => {
    throw new Error(faultText([...(PLACES[first] ?? [first]), ...rest], value, expected));
  });
  return problem;
}

function rowsOf({ inputs, examples, dimension }: Dataset): number[][] {
  return Array.from({ length: examples }, (_, i) =>
    Array.from(inputs.subarray(i * dimension, (i + 1) * dimension)),
  );
}
