import type { ImageNetwork, Network } from '../networks/index.js';
import { datasetOf } from './build-dataset.js';
import { networkOf } from './build-network.js';
import { problemOf } from './build-problem.js';
import { startOf } from './build-start.js';
import { trainingOf } from './build-training.js';
import type { BuildOptions, BuiltData, BuiltProblem, BuiltTraining, DataShape } from './built.js';
import { datasetFormat } from './dataset.js';
import { parseSpec } from './faults.js';
import { networkFormat } from './network.js';
import { formatOf } from './problem.js';
import type { DataReaders } from './readers.js';
import type {
  DatasetSpec,
  FlowSpec,
  ImageNetworkSpec,
  NetworkSpec,
  ProblemSpec,
  StartSpec,
  TrainingSpec,
} from './spec-types.js';
import { startFormat } from './start.js';
import { trainingIn } from './training.js';

/**
 * Reads or draws the examples of a description: the same description gives the same bytes. Throws one
 * sentence that names the place where it makes no sense, or the file.
 */
export function buildDataset(spec: DatasetSpec, readers?: DataReaders): BuiltData {
  return datasetOf(parseSpec(datasetFormat, spec, 'the data'), readers);
}

/**
 * The network of a description, on data of the given shape. Throws one sentence that names the place
 * where it makes no sense, or what the data do not say.
 */
export function buildNetwork(spec: ImageNetworkSpec, data?: DataShape): ImageNetwork;
export function buildNetwork(spec: NetworkSpec, data?: DataShape): Network;
export function buildNetwork(spec: NetworkSpec, data?: DataShape): Network {
  return networkOf(parseSpec(networkFormat, spec, 'the network'), data);
}

/**
 * The flat weights that a run begins at. Throws one sentence where they are not as many as the network
 * has, or where a file does not hold them.
 */
export function buildStart(spec: StartSpec, network: Network, readers?: DataReaders): Float64Array {
  return startOf(parseSpec(startFormat, spec, 'the start'), network, readers);
}

/**
 * Loads the images of a training and binds its network to them; `imageEngine` or another engine makes a
 * `TrainingProblem` of it. Throws one sentence that names the place where it makes no sense.
 */
export function buildTraining(spec: TrainingSpec, readers?: DataReaders): BuiltTraining {
  return trainingOf(trainingIn(spec, 'the training'), readers);
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
