import type { Objective } from '../../losses/objective.js';
import { kinkModesAt } from '../kinks/kink-modes.js';
import type { Quadratures } from '../quadratures.js';
import type { Run } from '../run.js';
import { dualStateAt, type DualState } from './dual-state.js';
import type { StepEnd } from './step-end.js';

/** The implicit phase of a run, in dual variables. */
export interface DualPhase {
  readonly state: DualState;
  quadratures: Quadratures;
  /** Steps longer than this are not tried: Newton's method has failed not far above it. */
  longest: number;
  /** Where the last attempt ends. */
  end: StepEnd | undefined;
}

/**
 * The implicit phase from the last point of a run on, with the kinks that slide there unless `modes` says
 * which.
 */
export function dualPhaseAt(
  run: Run,
  objective: Objective,
  degree: number,
  tolerance: number,
  quadratures: Quadratures,
  modes = kinkModesAt(objective, run.point.direction),
): DualPhase {
  const { direction, logNorm } = run.point;
  const state = dualStateAt(objective, degree, direction, logNorm, tolerance, run.counts, modes);
  return { state, quadratures, longest: Infinity, end: undefined };
}
