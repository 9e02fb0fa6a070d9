import type { KinkRow } from '../rows/row-choice.js';
import type { MarginRows } from '../rows/margin-rows.js';
import type { Counts } from '../stepper.js';
import type { Columns } from './collocation.js';
import type { NewtonMatrices } from './dual-newton.js';
import type { DualStage, StepStart } from './dual-stage.js';

/**
 * The flow in the direction w = θ/‖θ‖, s = log ‖θ‖, the logarithms λ of the dual variables and the
 * weights y of kinks:
 *
 *   v = Σ q ∇p(w) + Σ y ∇z(w),   w′ = v − (w·v) w,   s′ = w·v,
 *   λᵢ′ = β (common·‖v‖² − ∇pᵢ·v),   0 = ∇z·v,   β = ‖θ‖^L.
 *
 * Margins do not enter within a step, so that nothing is lost where β is 10¹² and their differences
 * matter to 1/β: as β → ∞ the equation for λ becomes an algebraic one for q. The method is Radau IIA
 * of order 5 (Hairer & Wanner, Solving ODEs II, IV.8 and VI.1).
 */
export interface DualSystem {
  readonly parameters: number;
  /** The same rows four times: for the start and the three stages of a step. */
  readonly rows: readonly MarginRows[];
  readonly kinks: readonly KinkRow[];
  /** True for a network without kinks. */
  readonly smooth: boolean;
  readonly tolerance: number;
  readonly counts: Counts;
}

/** A step in progress. */
export interface DualRadau {
  readonly system: DualSystem;
  readonly start: DualStage;
  readonly stages: readonly DualStage[];
  readonly matrices: NewtonMatrices;
  readonly increments: Increments;
  readonly estimate: Estimate;
  /** The start, moved by the estimated error. */
  readonly shifted: DualStage;
  step: StepStart;
  hasJacobian: boolean;
  /** Size of the last attempt, and of the last accepted step (0 where there is none to learn from). */
  h: number;
  lastStep: number;
  /** Size of the last attempt from this start that was solved; 0 where there is none. */
  solved: number;
}

/** Working memory of the error estimate: one error for each unknown, and what it is solved from. */
export interface Estimate {
  readonly direction: Float64Array;
  readonly unknowns: Float64Array;
  readonly pull: Float64Array;
  readonly weights: Float64Array;
}

/** What the stages of an attempt add to its start, and those of the last accepted step. */
export interface Increments {
  readonly direction: Columns;
  readonly unknowns: Columns;
  /** The unknowns' increments in the basis that decouples the stages. */
  readonly transformed: Columns;
  readonly lastDirection: Columns;
  readonly lastUnknowns: Columns;
  readonly lastLogNormChange: number[];
}
