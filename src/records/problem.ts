import type { Dataset } from '../datasets/index.js';

/** What a record keeps of a data set that is too large to be kept itself. */
export interface DatasetSummary {
  readonly name: string;
  readonly source: string;
  readonly examples: number;
  readonly dimension: number;
  readonly classes: number;
  /** Of the bytes of inputs and labels, float64, little-endian. */
  readonly sha256: string;
}

/** A data set with its hash. */
export interface DatasetRecord extends Dataset {
  readonly sha256: string;
}

/** A training problem for the flow, as figures and judges see it: without anything that computes. */
export interface ProblemRecord {
  readonly name: string;
  readonly activation: string;
  readonly loss: string;
  /** Degree of homogeneity L. */
  readonly degree: number;
  readonly parameters: number;
  /** Of the initialisation. */
  readonly seed: number;
  readonly data: DatasetRecord;
  /** Held-out data in the same coordinates. */
  readonly test?: DatasetRecord;
}
