import type { TailSpec } from '../specs/experiments/loss-limits.js';
import type { ProblemRecord } from './problem.js';

/** A linear model under one loss, its rows in columns. */
export interface LossLimit {
  /** The loss's name. */
  readonly name: string;
  readonly tail: TailSpec;
  /** True where the run came to its goal; for a squared hinge, where its steps came to rest. */
  readonly complete: boolean;
  readonly message: string;
  readonly alpha: Float64Array;
  /** Angle of the weights to the maximum margin, radians. */
  readonly angleToMargin: Float64Array;
  /** Angle to where the tail is predicted to lead, radians; NaN where nothing is. */
  readonly angleToOwn: Float64Array;
  /** The smallest margin at ‖w‖ = 1, as a share of the largest possible. */
  readonly marginShare: Float64Array;
  /** The direction at the end, and the predicted one. */
  readonly direction: Float64Array;
  readonly predicted?: Float64Array;
  /** Angle from the predicted direction to the maximum margin, radians; NaN where nothing is predicted. */
  readonly predictedAngle: number;
  /** The smallest margin of the predicted direction, as a share of the largest. */
  readonly predictedShare: number;
}

/** A linear model under several losses. */
export interface LossLimitsRecord {
  readonly kind: 'loss-limits';
  readonly problem: ProblemRecord;
  /** How many of the flows came to their goals, in a sentence. */
  readonly message: string;
  /** The largest margin over weights of norm 1 (of pairs, with several classes), and its weights. */
  readonly margin: number;
  readonly weights: Float64Array;
  /** How far the margin may be from the largest, by duality. */
  readonly gap: number;
  /** Margins that the maximum margin rests on. */
  readonly support: number;
  readonly losses: readonly LossLimit[];
}
