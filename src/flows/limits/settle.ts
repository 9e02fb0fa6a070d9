import type { Objective } from '../../losses/objective.js';
import { requireLimits } from '../../losses/tail.js';
import type { GradientFlowOptions } from '../flow-options.js';
import type { FlowPoint } from '../trajectory.js';
import { certifyLimit, latePoints, limitRefusal, type LimitCertificate } from './certificate.js';
import type { LimitOptions } from './solve-limit.js';

/** How far a run may go on for its limit. */
export interface SettleOptions extends LimitOptions {
  /** Largest α to go on to. */
  readonly mostAlpha?: number;
}

/** To α = 10¹⁶ a decade costs what any late decade does; beyond it margins drown in rounding. */
const MOST_ALPHA = 1e16;

/**
 * A rule for `GradientFlowOptions.further`: where the points at the targets do not certify the limit,
 * the run goes on, decade by decade of α, until they do. Throws a sentence for a loss that has no limits
 * here.
 */
export function untilCertified(
  objective: Objective,
  options: SettleOptions = {},
): NonNullable<GradientFlowOptions['further']> {
  requireLimits(objective.loss);
  const { mostAlpha = MOST_ALPHA } = options;
  const solved = options.solved ?? new Map();
  return (points: readonly FlowPoint[]) => {
    const last = points.at(-1);
    const next = 10 * (last?.alpha ?? NaN);
    if (last === undefined || !(next <= mostAlpha * (1 + 1e-6))) return undefined;
    if (limitRefusal(objective, last) !== undefined) return undefined;
    const late = latePoints(points);
    // A run that was to end before any limit shows is not after one.
    if (late.length === 0) return undefined;
    if (late.length >= 2) {
      const { doubts }: LimitCertificate = certifyLimit(objective, late, { ...options, solved });
      if (doubts.length === 0) return undefined;
    }
    // A power of ten where the run is at one, but for landing.
    return Number(next.toPrecision(6));
  };
}
