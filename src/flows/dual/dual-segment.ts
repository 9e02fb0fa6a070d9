import type { SerialObjective } from '../../losses/objective.js';
import { kinkModesAt } from '../kinks/kink-modes.js';
import type { Quadratures } from '../quadratures.js';
import type { Run } from '../run.js';
import { dualStateAt, type DualState } from './dual-state.js';
import type { StepEnd } from './step-end.js';

/** The implicit segment of a run, in dual variables. */
export interface DualSegment {
  readonly state: DualState;
  quadratures: Quadratures;
  /** Steps longer than this are not tried: Newton's method has failed not far above it. */
  longest: number;
  /** Where the last attempt ends. */
  end: StepEnd | undefined;
}

/**
 * The implicit segment from the last point of a run on, with the kinks that slide there unless `modes` says
 * which.
 */
export function dualSegmentAt(
  run: Run,
  objective: SerialObjective,
  degree: number,
  tolerance: number,
  quadratures: Quadratures,
  modes = kinkModesAt(objective, run.point.direction),
): DualSegment {
  const { direction, logNorm } = run.point;
  const state = dualStateAt(objective, degree, direction, logNorm, tolerance, run.counts, modes);
  return { state, quadratures, longest: Infinity, end: undefined };
}
