import {
  requireSerialObjective,
  type Objective,
  type SerialObjective,
} from '../../losses/objective.js';
import { requireLimits } from '../../losses/tail.js';
import { requireDegree } from '../../networks/degree.js';
import { angleBetween } from '../../numerics/vectors.js';
import type { FlowPoint } from '../trajectory.js';
import { beginApproach, type Approach } from './approach.js';
import { parameterBlocks } from './blocks.js';
import { followApproach } from './follow-approach.js';
import { kktPointAt, type KktPoint, type Surveyed } from './kkt-point.js';
import { kinkSlopesOf } from './piece.js';
import type { Stability } from './stability.js';
import { tangentStep } from './tangent-step.js';
import { finished, type Turns } from '../turns.js';

/** Limits found before, by the points they were found from. */
export type SolvedLimits = Map<FlowPoint, Surveyed>;

/** KKT points that are known already, so that several questions about one run solve for each once. */
export interface LimitOptions {
  /** Used, and added to. */
  readonly solved?: SolvedLimits;
}

/** Dual variables below this share of the largest one are not among the first guess of the support. */
const SUPPORT_SHARE = 1e-6;
const MOST_STEPS = 300;

/**
 * The KKT point that the flow goes to from a late point of a run, as far as the point tells: the flow for
 * infinite α is followed to its rest, and `converged` says whether it came to one. It may be another one
 * than the run's limit where the point is early or near a KKT point that is not stable; see `certifyLimit`.
 * Throws a sentence for a loss that has no limits here, or a network that is no chain of layers or has no
 * degree.
 */
export function solveLimit(
  objective: Objective,
  start: FlowPoint,
  options: LimitOptions = {},
): KktPoint {
  return surveyLimit(requireSerialObjective(objective, 'The limit solver'), start, options).point;
}

/** As `solveLimit`, with the tangent space there; both share what `options.solved` holds. */
export function surveyLimit(
  objective: SerialObjective,
  start: FlowPoint,
  options: LimitOptions = {},
): Surveyed {
  return finished(surveyingLimit(objective, start, options));
}

/** `surveyLimit` in turns. */
export function* surveyingLimit(
  objective: SerialObjective,
  start: FlowPoint,
  options: LimitOptions = {},
): Turns<Surveyed> {
  const known = options.solved?.get(start);
  if (known) return known;
  const blocks = parameterBlocks(objective.network);
  const { at, steps } = yield* followApproach(
    objective,
    blocks,
    approachFrom(objective, start, SUPPORT_SHARE),
    MOST_STEPS,
  );
  const found = kktPointAt(objective, blocks, at, steps);
  options.solved?.set(start, found);
  return found;
}

/**
 * As `KktPoint.stability`, but at a late point of a run itself, with its own dual variables: what the flow
 * would do there to first order. Throws as `solveLimit` does.
 */
export function stabilityAlong(risk: Objective, point: FlowPoint): Stability {
  const objective = requireSerialObjective(risk, 'The limit solver');
  const at = approachFrom(objective, point, SUPPORT_SHARE);
  return kktPointAt(objective, parameterBlocks(objective.network), at, 0).point.stability;
}

/** A KKT point further away than this is not what a run rests near. */
const NEAR = 0.3;
/** Newton's method is given up further away than this. */
const FAR = 0.6;
/** The length of a step, in radians, at which it has found what it looks for. */
const FOUND = 1e-10;
const NEWTON_STEPS = 30;
const NEWTON_DAMPING = 1e-6;
/** First guesses of the support: what still presses early is not told by one threshold. */
const SHARES = [1e-6, 1e-3, 1e-2];

/**
 * The KKT point, stable or not, that a late point of a run is near: where Newton's method leads from it, on
 * the margins and kinks that press there. Undefined where there is none within 0.3 radians. Throws as
 * `solveLimit` does.
 */
export function nearestKktPoint(risk: Objective, start: FlowPoint): KktPoint | undefined {
  const objective = requireSerialObjective(risk, 'The limit solver');
  const blocks = parameterBlocks(objective.network);
  for (const share of SHARES) {
    let at = approachFrom(objective, start, share);
    for (let steps = 1; steps <= NEWTON_STEPS; steps++) {
      const next = tangentStep(objective, blocks, at, NEWTON_DAMPING, 'search');
      if (typeof next === 'string' || angleBetween(next.theta, start.direction) > FAR) break;
      at = next;
      if (at.moved > FOUND) continue;
      const confirmed = tangentStep(objective, blocks, at, NEWTON_DAMPING, 'stationary');
      if (typeof confirmed === 'string') break;
      const { point } = kktPointAt(objective, blocks, confirmed, steps);
      const near = angleBetween(point.direction, start.direction) <= NEAR;
      if (point.converged && near) return point;
      break;
    }
  }
  return undefined;
}

function approachFrom(objective: SerialObjective, start: FlowPoint, share: number): Approach {
  requireLimits(objective.loss);
  const { direction, kinks = [] } = start;
  const units = kinkSlopesOf(objective)?.units ?? 0;
  const first = kinks.filter(({ unit }) => unit < units);
  return beginApproach(objective, direction, dualsAt(objective, start, share), first);
}

/**
 * The dual variables above a share, in [0, 1), of the largest one, by the index of their margin: the run's
 * own where it knows them, else those that its margins tell, for which the network needs a degree.
 */
export function dualsAt(
  objective: Objective,
  start: FlowPoint,
  share: number,
): Map<number, number> {
  const { pairs, q } = start.duals ?? marginDuals(objective, start);
  const largest = q.reduce((a, b) => Math.max(a, b), 0);
  const duals = new Map<number, number>();
  q.forEach((value, k) => {
    if (value > share * largest) duals.set(pairs[k], value);
  });
  return duals;
}

function marginDuals(
  objective: Objective,
  { direction, logNorm }: FlowPoint,
): { pairs: readonly number[]; q: Float64Array } {
  const degree = requireDegree(objective.network.degree, 'The limit solver');
  const { q } = objective.dual(direction, Math.exp(degree * logNorm));
  return { pairs: [...q.keys()], q };
}
