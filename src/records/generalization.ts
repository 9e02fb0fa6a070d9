import type { FlowStatus } from '../flows/index.js';
import type { ProblemRecord } from './problem.js';

/** Margin bounds and the test error along a flow. */
export interface GeneralizationRecord {
  readonly kind: 'generalization';
  readonly problem: ProblemRecord;
  readonly status: FlowStatus;
  /** How it ended, in a sentence. */
  readonly message: string;
  /** Number of held-out examples. */
  readonly held: number;
  /** Rows: where the last training example is classified, unless the run began there, and then α from 1 on. */
  readonly alpha: Float64Array;
  /** The smallest margin at ‖θ‖ = 1. */
  readonly smallestMargin: Float64Array;
  /** Margin bound by the path norm (see `pathBound`), one number for each row; Infinity without a margin. */
  readonly pathBound: Float64Array;
  /** Leading term of the spectrally normalized bound (see `spectralTerm`); Infinity without a margin. */
  readonly spectralTerm: Float64Array;
  /** 1 where a held-out example is misclassified, else 0: rows × held, row-major. */
  readonly wrong: Float64Array;
  /** Mean logistic loss of the held-out examples. */
  readonly heldLoss: Float64Array;
}
