import type { Objective } from '../../losses/objective.js';
import { requireLimits } from '../../losses/tail.js';
import type { FlowPoint } from '../trajectory.js';
import type { Turns } from '../turns.js';
import { certifyingLimit, latePoints, limitRefusal } from './certificate.js';
import { visitingSaddles } from './saddles.js';
import type { LimitOptions } from './solve-limit.js';

/** How far a run may go on for its limit. */
export interface SettleOptions extends LimitOptions {
  /** Largest α to go on to. */
  readonly mostAlpha?: number;
  /** Decades of α that a run goes on for after a point near an unstable KKT point; 0 by default. */
  readonly afterVisits?: number;
}

/** To α = 10¹⁶ a decade costs what any late decade does; beyond it margins drown in rounding. */
const MOST_ALPHA = 1e16;
/** Targets of α are met to this share, and better. */
const NEAR = 1e-6;

/**
 * A rule for `GradientFlowOptions.further`: where the points at the targets do not certify the limit,
 * the run goes on, decade by decade of α, until they do; and with `afterVisits` until it has left unstable
 * KKT points so many decades behind. Throws a sentence for a loss that has no limits
 * here.
 */
export function untilCertified(
  objective: Objective,
  options: SettleOptions = {},
): (points: readonly FlowPoint[]) => Turns<number | undefined> {
  requireLimits(objective.loss);
  const { mostAlpha = MOST_ALPHA, afterVisits = 0 } = options;
  const solved = options.solved ?? new Map();
  return function* (points: readonly FlowPoint[]): Turns<number | undefined> {
    const last = points.at(-1);
    const next = 10 * (last?.alpha ?? NaN);
    if (last === undefined || !(next <= mostAlpha * (1 + NEAR))) return undefined;
    if (limitRefusal(objective, last) !== undefined) return undefined;
    const late = latePoints(points);
    // A run that was to end before any limit shows is not after one.
    if (late.length === 0) return undefined;
    if (late.length >= 2) {
      const certificate = yield* certifyingLimit(objective, late, { ...options, solved });
      const since = last.alpha * 10 ** -afterVisits * (1 - NEAR);
      if (certificate.doubts.length === 0) {
        if (afterVisits === 0) return undefined;
        const visits = yield* visitingSaddles(objective, late, { ...options, solved });
        if (!visits.some(({ toAlpha }) => toAlpha >= since)) return undefined;
      }
    }
    // A power of ten where the run is at one, but for landing.
    return Number(next.toPrecision(6));
  };
}
