import type { KinkedFlowRecord, UnfinishedRecord } from '../../records/index.js';
import { SHRINKAGE } from '../common/flow-plans.js';
import { shrinks } from '../common/rules.js';
import { POINTS, RECOMPUTED } from './plan.js';

/** The runs of a sweep that reached their goal. */
export function finishedOf(
  sweep: readonly (KinkedFlowRecord | UnfinishedRecord)[],
): KinkedFlowRecord[] {
  return sweep.filter((record): record is KinkedFlowRecord => record.kind === 'kinked-flow');
}

/** Whether a run's numbers can be believed: see the criterion. */
export function isSound({ decades }: KinkedFlowRecord): boolean {
  const told = decades.filter(isTold);
  const alike = told
    .slice(-POINTS)
    .every(({ angle, recomputed }) => Math.abs(recomputed - angle) <= RECOMPUTED * angle);
  const kinks = decades.slice(-POINTS).flatMap((decade) => decade.kinks);
  return alike && told.length > 0 && kinks.every(({ slope }) => slope >= 0 && slope <= 1);
}

/** Whether an angle is more than the rounding of weights leaves. */
export function isTold({ alpha, angle }: KinkedFlowRecord['decades'][number]): boolean {
  return !(alpha * Number.EPSILON > RECOMPUTED * angle);
}

/**
 * Whether the direction comes to rest: the length that it sweeps per decade shrinks. Where it does not,
 * the flow is still leaving one KKT point for another, and a steady angle is the speed of that.
 */
export function isSettled({ decades }: KinkedFlowRecord): boolean {
  const lengths = decades.slice(-POINTS).map(({ length }) => length);
  return shrinks('length', lengths, SHRINKAGE, '').verdict === 'supported';
}
