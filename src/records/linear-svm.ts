import type { MaxMargin, PlaneScores } from '../metrics/index.js';
import type { ProblemRecord } from './problem.js';

/** A run of a linear classifier beside the maximum margin: columns, an entry for each row. */
export interface LinearRun {
  /** What legends call it. */
  readonly name: string;
  /** Steps taken, for descent; NaN for the flow. */
  readonly steps: Float64Array;
  readonly logTime: Float64Array;
  readonly alpha: Float64Array;
  /** Angle to the weights of the maximum margin, radians. */
  readonly angle: Float64Array;
  /** The same angle of the law ŵ log t + w̃ at that time. */
  readonly predictedAngle: Float64Array;
  /** The smallest margin over ‖w‖, as a share of the maximum. */
  readonly marginShare: Float64Array;
  /** The largest |qᵢ/Σq − μᵢ|. */
  readonly dualDistance: Float64Array;
  /** ‖w − ŵ log t − w̃‖ / ‖w̃‖. */
  readonly lawDistance: Float64Array;
}

/** What `linear-svm` leaves. */
export interface LinearSvmRecord {
  readonly kind: 'linear-svm';
  readonly problem: ProblemRecord;
  readonly svm: MaxMargin;
  /** Examples with a multiplier. */
  readonly supportVectors: number;
  /** Whether they are as many as there are inputs, and independent: w̃ is then known beforehand. */
  readonly spans: boolean;
  /** w̃, from the support vectors alone. */
  readonly offset: Float64Array;
  /**
   * κ: what is left of the start and of the other examples falls like t^{-κ}; the least eigenvalue of
   * Σ λᵢ zᵢ zᵢᵀ over the support vectors, or the least zᵢ·ŵ − 1 of the others, at most 1.
   */
  readonly lawExponent: number;
  /** Angle between the maximum margin and the line of least squares, radians: what a run might have gone to. */
  readonly leastSquaresAngle: number;
  readonly flow: LinearRun;
  /** α = 10^k and the angles to the maximum margin there. */
  readonly decadeAlphas: Float64Array;
  readonly decadeAngles: Float64Array;
  /** Angle between the limit that the flow is certified to have and the maximum margin, radians. */
  readonly limitAngle: number;
  /** What speaks against that limit. */
  readonly doubts: readonly string[];
  /** The factor per decade of α that the limit's curvature predicts. */
  readonly predictedRatio: number;
  readonly descents: readonly LinearRun[];
  /** How the flow and each descent ended, in sentences. */
  readonly message: string;
  /** True where all of them took their steps. */
  readonly finished: boolean;
  /** Scores over the plane at some moments. */
  readonly surfaces?: PlaneScores;
}
