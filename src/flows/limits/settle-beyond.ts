import { requireSerialObjective, type Objective } from '../../losses/objective.js';
import { requireLimits } from '../../losses/tail.js';
import { angleBetween } from '../../numerics/vectors.js';
import { decadesBeyond } from '../beyond.js';
import type { FlowPoint } from '../trajectory.js';
import { unlessAborted } from '../turns.js';
import { certifyingLimit, latePoints, limitRefusal } from './certificate.js';
import { NEIGHBOURHOOD } from './doubts.js';
import { visitingSaddles, type SaddleVisit } from './saddles.js';
import type { LimitOptions } from './solve-limit.js';

/** How accurately a run is followed beyond its last point, and what ends it early. */
export interface BeyondOptions extends LimitOptions {
  /** Largest local error of the direction per step, as for the run itself. */
  readonly tolerance: number;
  /** Ends it at the next point, with those so far. */
  readonly signal?: { readonly aborted: boolean };
}

/**
 * From the first of these on the equation for α → ∞ is the run's own to ten digits; at points beyond the
 * second the dual variables are no longer told by the margins.
 */
const FROM_ALPHA = { least: 1e10, most: 1e13 } as const;
/** A run lands on a target but for rounding. */
const LANDING = 1e-6;
const MOST_DECADES = 200;
/** The limit is looked for again after so many times as many decades: it costs more than they do. */
const AGAIN = { near: 1.25, far: 2 } as const;
/** Radians a decade. */
const REST = 1e-10;
/** Nearer to an unstable KKT point than this, radians, rounding may decide which way a run leaves it. */
const TOO_NEAR = 1e-6;

/**
 * Follows a run whose limit is not certified from its own points beyond its last one, until it is: see
 * `decadesBeyond`. Gives each point on the way, and undefined for turns in between, while the limit is looked
 * for; what it returns are the points beyond the run's own, none where
 * there is no use in going on: α below 10¹⁰, or a limit that is not stable. Throws a sentence for a loss that
 * has no limits here.
 */
export function* settleBeyond(
  risk: Objective,
  points: readonly FlowPoint[],
  { tolerance, solved = new Map(), signal }: BeyondOptions,
): Generator<FlowPoint | undefined, FlowPoint[]> {
  const objective = requireSerialObjective(risk, 'The limit solver');
  requireLimits(objective.loss);
  const from = points.filter(({ alpha }) => alpha <= FROM_ALPHA.most * (1 + LANDING)).at(-1);
  if (from === undefined || !(from.alpha >= FROM_ALPHA.least * (1 - LANDING))) return [];
  if (latePoints(points).length < 2 || limitRefusal(objective, from) !== undefined) return [];
  const own = yield* unlessAborted(certifyingLimit(objective, points, { solved }), signal);
  if (own === undefined) return [];
  const { limit, doubts } = own;
  if (doubts.length === 0 || (limit.converged && limit.stability.unstable > 0)) return [];
  const visits = yield* unlessAborted(visitingSaddles(objective, points, { solved }), signal);
  if (visits === undefined || nearSaddle(visits) !== undefined) return [];
  const beyond: FlowPoint[] = [];
  let look = 2;
  const ownLast = points[points.length - 1].alpha * (1 + LANDING);
  for (const point of decadesBeyond(objective, from, { tolerance })) {
    if (point.alpha > ownLast) beyond.push(point);
    yield point;
    if (signal?.aborted) break;
    if (point.alpha <= ownLast) continue;
    if (beyond.length >= MOST_DECADES || isAtRest(beyond)) break;
    if (beyond.length < look) continue;
    look = Math.ceil(AGAIN[isNear(beyond) ? 'near' : 'far'] * beyond.length);
    const all = [...points, ...beyond];
    const found = yield* unlessAborted(certifyingLimit(objective, all, { solved }), signal);
    if (found === undefined || found.doubts.length === 0) break;
  }
  return beyond;
}

/** Whether the direction has come so near to its limit that further decades tell nothing. */
function isAtRest(beyond: readonly FlowPoint[]): boolean {
  const [before, last] = beyond.slice(-2).map(({ direction }) => direction);
  return last !== undefined && angleBetween(before, last) < REST;
}

/** Whether the rest of the way, as the last decades foretell it, leads no further than a neighbourhood. */
function isNear(beyond: readonly FlowPoint[]): boolean {
  const [first, second, third] = beyond.slice(-3).map(({ direction }) => direction);
  if (third === undefined) return true;
  const last = angleBetween(second, third);
  const ratio = last / angleBetween(first, second);
  return ratio < 1 && (last * ratio) / (1 - ratio) < NEIGHBOURHOOD;
}

/** Why rounding may have decided where a run went, as the end of a sentence; undefined where it cannot. */
export function nearSaddle(visits: readonly SaddleVisit[]): string | undefined {
  const near = visits.find(({ nearest }) => nearest < TOO_NEAR);
  if (!near) return undefined;
  return `it has come within ${near.nearest.toExponential(1)} rad of a KKT point that is not stable, where rounding may decide which way it leaves`;
}
