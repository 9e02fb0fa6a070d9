import type { FlowStatus } from '../flows/index.js';
import type { ProblemRecord } from './problem.js';

/** A flow beside the maximum margin of its tangent kernel at the start. */
export interface TangentFlowRecord {
  readonly kind: 'tangent-flow';
  readonly problem: ProblemRecord;
  readonly status: FlowStatus;
  /** How it ended, in a sentence. */
  readonly message: string;
  /** ‖θ₀‖. */
  readonly startNorm: number;
  /** The largest margin of ⟨∇Φ(x; θ₀), v⟩ over unit vectors v. */
  readonly tangentMargin: number;
  /** One number for each row, the start first. */
  readonly alpha: Float64Array;
  /** The smallest margin at ‖θ‖ = 1. */
  readonly smallestMargin: Float64Array;
  /**
   * Angle between Φ(·; θ) − Φ(·; θ₀) and the tangent kernel's predictor, as vectors of their values at the
   * probe, radians; NaN at the start.
   */
  readonly tangentAngle: Float64Array;
  /** ‖θ − θ₀‖/‖θ₀‖. */
  readonly displacement: Float64Array;
}
