import {
  requireSerialObjective,
  type Objective,
  type SerialObjective,
} from '../../losses/objective.js';
import { angleBetween } from '../../numerics/vectors.js';
import type { FlowPoint } from '../trajectory.js';
import { isLinearInParameters } from './blocks.js';
import { latePoints } from './certificate.js';
import type { KktPoint } from './kkt-point.js';
import { nearestKktPoint, surveyingLimit, type LimitOptions } from './solve-limit.js';
import { finished, type Turns } from '../turns.js';

/** A stretch of a run near a KKT point that is not stable: it comes near, rests, and leaves. */
export interface SaddleVisit {
  /** Normalized margin of the KKT point. */
  readonly margin: number;
  /** λ > 1: deviations grow like α^{(λ−1)/L}. */
  readonly lambda: number;
  /** Number of directions in which the flow leaves. */
  readonly unstable: number;
  /** α of the first and of the last of the points that are near it. */
  readonly fromAlpha: number;
  readonly toAlpha: number;
  /** Smallest angle between the run's direction and the KKT point, radians, at these points. */
  readonly nearest: number;
  /** True where the last of all points is near it. */
  readonly stays: boolean;
}

/** KKT points whose margins agree to this share are the same one. */
const SAME = 1e-6;

/**
 * The visits to unstable KKT points that late points of a run, in order, tell of; points that are not late
 * are passed over. Throws as `solveLimit` does.
 */
export function saddleVisits(
  objective: Objective,
  points: readonly FlowPoint[],
  options: LimitOptions = {},
): SaddleVisit[] {
  return finished(visitingSaddles(objective, points, options));
}

/** `saddleVisits` in turns. */
export function* visitingSaddles(
  risk: Objective,
  points: readonly FlowPoint[],
  options: LimitOptions = {},
): Turns<SaddleVisit[]> {
  const objective = requireSerialObjective(risk, 'The limit solver');
  const { network } = objective;
  // A convex problem has no others than its solutions.
  if (isLinearInParameters(network)) return [];
  const late = latePoints(points);
  const visits: SaddleVisit[] = [];
  for (const [k, point] of late.entries()) {
    const saddle = yield* saddleNear(objective, point, options);
    if (!saddle) continue;
    const angle = angleBetween(point.direction, saddle.direction);
    const stays = k === late.length - 1;
    const toAlpha = point.alpha;
    // The margin only rises: what a run has left it does not come back to, though Newton's method may
    // lead to it from one point of a stretch and not from the next.
    const known = visits.findIndex(({ margin }) => Math.abs(saddle.margin / margin - 1) < SAME);
    if (known >= 0) {
      const nearest = Math.min(angle, visits[known].nearest);
      visits[known] = { ...visits[known], toAlpha, nearest, stays };
      continue;
    }
    const { lambda, unstable } = saddle.stability;
    const { margin } = saddle;
    visits.push({ margin, lambda, unstable, fromAlpha: toAlpha, toAlpha, nearest: angle, stays });
  }
  return visits;
}

/**
 * λ is that of one piece of the network: a ReLU unit that vanishes may seem to grow in a direction in
 * which its kinks would have been crossed. The flow only ever gains margin, so what it leaves has a
 * smaller margin than where it goes from there.
 */
function* saddleNear(
  objective: SerialObjective,
  point: FlowPoint,
  options: LimitOptions,
): Turns<KktPoint | undefined> {
  yield;
  const nearest = nearestKktPoint(objective, point);
  if (!nearest || nearest.stability.unstable === 0) return undefined;
  const { point: onward } = yield* surveyingLimit(objective, point, options);
  const leaves = onward.margin > nearest.margin * (1 + SAME) || onward.stability.unstable > 0;
  return leaves ? nearest : undefined;
}

/** What is said of a run that is near such a point when it ends. */
export function saddleSentence({ margin, lambda }: SaddleVisit): string {
  return (
    `It rests near a KKT point of margin ${margin.toPrecision(8)} that is not stable ` +
    `(λ = ${lambda.toPrecision(6)}, more than 1), and will leave it.`
  );
}
