import { norm } from '../numerics/vectors.js';
import type { DualSegment } from './dual/dual-segment.js';
import type { RunningFlow } from './running-flow.js';
import type { FlowPoint } from './trajectory.js';

/** So many steps without progress are no coincidence: whole runs take fewer. */
const STEPS = 1000;
const PROGRESS = 1e-9;
/** Far fewer will do where the gradients cancel to this share: the worst scaled data keep 1e-7. */
const STEPS_AT_REST = 40;
const REST = 1e-9;
/**
 * In a run of so many steps in which examples are still not classified, a rise of α by less than this in
 * a tenfold of time, and by less than in the tenfold before, is the tail of a way to rest: a saddle is
 * passed in less time than it took to come to it.
 */
const SLOW_FROM_STEPS = 2000;
const SLOW = 3e-4;
const TENFOLD = Math.LN10;
/** Kept for so many points in a tenfold of time. */
const POINTS_KEPT = 20;
/** The gradients of so many pairs are looked at, those that weigh most. */
const MOST_LOOKED_AT = 100;

/**
 * Watches a run and tells, after every step, whether α has stopped rising, as where some examples
 * contradict each other and the risk comes to a positive minimum: the flow then goes on for ever and
 * gets nowhere.
 */
export function stallWatch(flow: RunningFlow): () => boolean {
  let reference = -Infinity;
  let steps = 0;
  const slow = slowness();
  return () => {
    const { alpha } = flow.run.point;
    if (slow(flow.run.point) && flow.run.counts.accepted >= SLOW_FROM_STEPS) return true;
    steps++;
    if (alpha > reference + PROGRESS * Math.max(1, Math.abs(alpha))) {
      reference = alpha;
      steps = 0;
    }
    if (steps === 0 || steps % STEPS_AT_REST !== 0) return false;
    return steps >= STEPS || velocityShare(flow) <= REST;
  };
}

/** Tells, for point after point, whether α rises too slowly to get anywhere (see `SLOW`). */
export function slowness(): (point: FlowPoint) => boolean {
  const kept: { logTime: number; alpha: number }[] = [];
  return ({ logTime, alpha, smallestMargin }) => {
    const last = kept.at(-1)?.logTime ?? -Infinity;
    if (!(logTime > last + TENFOLD / POINTS_KEPT)) return false;
    kept.push({ logTime, alpha });
    if (smallestMargin >= 0) return false;
    const before = (time: number) => kept.findLast((point) => point.logTime <= time)?.alpha;
    const [once, twice] = [before(logTime - TENFOLD), before(logTime - 2 * TENFOLD)];
    if (once === undefined || twice === undefined) return false;
    return alpha - once < SLOW && alpha - once < once - twice;
  };
}

/**
 * ‖Σ q ∇p‖ / (Σ q · max ‖∇p‖): at most 1, and 0 where all gradients cancel or vanish. Where all are
 * zero it is no number.
 */
function velocityShare(flow: RunningFlow): number {
  return flow.dual ? shareInDuals(flow.dual) : shareAtPoint(flow);
}

/** From the velocity of the segment itself: on kinks the gradient at the point is another one. */
function shareInDuals({ state }: DualSegment): number {
  const { start, matrices } = state.stepper;
  const { margins, count } = start.rows;
  let largest = 0;
  for (let r = 0; r < margins; r++) {
    largest = Math.max(largest, matrices.gram[r * count + r]);
  }
  return norm(start.velocity) / (sum(start.q) * Math.sqrt(largest));
}

function shareAtPoint({ objective, direct, run }: RunningFlow): number {
  const { direction, logNorm } = run.point;
  // Its own velocity: on kinks the gradient at the point is another one.
  const { evaluate } = direct.system.objective;
  const state = evaluate(direction, Math.exp(direct.system.degree * logNorm));
  const speed = norm(state.gradient);
  const q = state.q.slice();
  const heaviest = [...q.keys()].sort((a, b) => q[b] - q[a]).slice(0, MOST_LOOKED_AT);
  const gradient = new Float64Array(direction.length);
  let largest = 0;
  for (const pair of heaviest) {
    const one = new Float64Array(q.length);
    one[pair] = 1;
    objective.pullback(direction, one, gradient);
    largest = Math.max(largest, norm(gradient));
  }
  return speed / (sum(q) * largest);
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
