import type { Dataset } from '../datasets/dataset.js';
import type { Loss, Objective } from '../losses/index.js';
import type { Phase, TrainingProblem } from '../training/index.js';
import type { DataReaders } from './readers.js';

/** Where a table's inputs and labels came from, as a result says it. */
export interface Provenance {
  readonly file: string;
  /** The inputs, in the order of the coordinates. */
  readonly columns: string[];
  /** The column of the labels. */
  readonly label: string;
  /** Which text became which label. */
  readonly labels: { readonly text: string; readonly label: number }[];
  /** What was subtracted from each column, and what it was then divided by. */
  readonly mean?: number[] | undefined;
  readonly deviation?: number[] | undefined;
  /** What else a file says of it, passed on as it is. */
  readonly [key: string]: unknown;
}

/** The examples of a description. */
export interface BuiltData {
  readonly train: Dataset;
  /** Held-out examples in the same coordinates. */
  readonly test?: Dataset;
  /** Where the columns and labels of a table came from. */
  readonly provenance?: Provenance;
}

/** What a network takes from the data where its description leaves it out. */
export type DataShape = Pick<Dataset, 'dimension' | 'classes'> & Partial<Pick<Dataset, 'image'>>;

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

/**
 * What a description may need beside itself: files, a loss without a name, examples that are there already.
 */
export interface BuildOptions {
  /** What fetches files; without them a description that names one is refused. */
  readonly readers?: DataReaders;
  /** A loss that has no name here, in place of the description's. */
  readonly loss?: Loss;
  /** The examples, where they have been built already. */
  readonly data?: BuiltData;
}

/** What a description of a training stands for, but for the engine that does its arithmetic. */
export type BuiltTraining = Omit<TrainingProblem, 'engineFor'> & {
  readonly phases: readonly Phase[];
};
