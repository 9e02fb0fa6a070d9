import type { ProblemSpec } from '../spec-types.js';

/** A linear classifier on its way to the maximum margin: by gradient flow, and by gradient descent. */
export interface LinearSvmExperiment {
  readonly kind: 'linear-svm';
  /** Its network is linear and its loss has an exponential tail. */
  readonly problem: ProblemSpec;
  /** The flow goes to α = 10^decades. */
  readonly decades: number;
  /** Constant steps of gradient descent along the gradient of the summed loss. */
  readonly step: number;
  /** How many of them. */
  readonly steps: number;
  /** Descent starts from the problem's start times each of these. */
  readonly starts: readonly number[];
}
