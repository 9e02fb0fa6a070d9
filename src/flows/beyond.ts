import {
  requireSerialObjective,
  type Objective,
  type SerialObjective,
} from '../losses/objective.js';
import { requireDegree } from '../networks/degree.js';
import type { DualSegment } from './dual/dual-segment.js';
import { goOn, rebuild, takeInPressing, type DualState } from './dual/dual-state.js';
import { advance, startRun, type RunningFlow } from './running-flow.js';
import type { GradientFlowOptions } from './flow-options.js';
import type { FlowPoint } from './trajectory.js';

/**
 * The largest α that the equations are solved with, and smaller ones for where no step can be taken so
 * sharply: the equation without α holds to about the inverse.
 */
const SHARPNESS = [1e12, 1e11, 1e10, 1e9];
const DECADE = 10;
/** A decade takes some 70 steps. */
const MOST_STEPS_A_DECADE = 3_000;
/** Labels of points stay far below the largest number. */
const MOST_ALPHA = 1e250;
/** Points lie on powers of ten but for rounding. */
const LANDING = 1e-6;

type Accuracy = Pick<GradientFlowOptions, 'tolerance'>;

/**
 * Follows a late point of a run on, decade by decade of α, to where margins cannot be told apart in
 * double precision any more. As α → ∞ the direction as a function of log α obeys an equation without
 * α: the dual variables are those that keep the active margins equal. At α = 10¹² the flow is that
 * equation to 10⁻¹² or so. Therefore each decade is solved from α = 10¹¹ to 10¹², with ‖θ‖ taken back in
 * between and the dual variables kept, and its end is given the α and ‖θ‖ that it stands for.
 *
 * Gives the point at the end of each decade; `clock` and `logTime` of these are NaN. The return value
 * says why there is no further one.
 */
export function* decadesBeyond(
  risk: Objective,
  from: FlowPoint,
  accuracy: Accuracy,
): Generator<FlowPoint, string> {
  const objective = requireSerialObjective(risk, 'The flow');
  let sharpness = 0;
  let reached = from;
  let follow = follower(objective, from, accuracy);
  for (let decades = 1; ; decades++) {
    const label = from.alpha * DECADE ** decades;
    if (!(label <= MOST_ALPHA * (1 + LANDING))) return `α has come to ${MOST_ALPHA}`;
    let next = follow(SHARPNESS[sharpness]);
    while (typeof next === 'string') {
      if (++sharpness === SHARPNESS.length) return next;
      follow = follower(objective, reached, accuracy);
      next = follow(SHARPNESS[sharpness]);
    }
    reached = next;
    yield labelled(next, label, requireDegree(objective.network.degree, 'The flow'));
  }
}

/** Follows one decade after another from a point on; a sentence where it cannot. */
function follower(
  objective: SerialObjective,
  from: FlowPoint,
  { tolerance }: Accuracy,
): (sharpness: number) => FlowPoint | string {
  const options = { tolerance, targets: [NaN], maxSteps: Infinity, keep: 'marks' as const };
  const { direction, logNorm, pathLength, kinks, duals } = from;
  const flow = startRun(objective, { direction, logNorm, pathLength, kinks }, options);
  const { dual, run } = flow;
  if (!dual) return () => 'the run is not in its implicit segment';
  if (duals) adoptDuals(dual.state, duals);
  return (sharpness) => {
    takeBack(flow, dual, sharpness / DECADE);
    options.targets[0] = sharpness;
    const first = run.counts.accepted;
    run.nextTarget = 0;
    while (run.nextTarget === 0) {
      if (run.counts.accepted - first > MOST_STEPS_A_DECADE) {
        return `a decade takes more than ${MOST_STEPS_A_DECADE} steps`;
      }
      const ending = advance(flow, options);
      if (ending) return ending.message;
    }
    return run.point;
  };
}

/** Dual variables that a point knows better than its margins tell them. */
function adoptDuals(state: DualState, { pairs, q }: NonNullable<FlowPoint['duals']>): void {
  const known = new Map(pairs.map((pair, k) => [pair, q[k]]));
  state.lambda = state.lambda.map((lambda, r) => {
    const value = known.get(state.pairs[r]);
    return value !== undefined && value > 0 ? Math.log(value) : lambda;
  });
}

/**
 * Goes on with the same direction and dual variables from a ‖θ‖ at which α is as given. The margins
 * follow: what they differ by is log q / ‖θ‖^L.
 */
function takeBack({ run }: RunningFlow, { state }: DualSegment, alpha: number): void {
  const { lambda } = state;
  const total = lambda.reduce((sum, value) => sum + Math.exp(value), 0);
  // α = ‖θ‖^L Σ q p + Σ q log q for q = softmax(−‖θ‖^L p).
  let entropy = 0;
  for (const value of lambda) entropy += (Math.exp(value) / total) * (value - Math.log(total));
  state.logNorm += Math.log((alpha - entropy) / (state.alpha - entropy)) / state.degree;
  state.alpha = alpha;
  state.fromDuals = true;
  state.leads = true;
  const direction = state.stepper.start.direction.slice();
  if (takeInPressing(state, direction)) rebuild(state, direction);
  else goOn(state, direction);
  run.point = { ...run.point, alpha, logNorm: state.logNorm };
}

function labelled(point: FlowPoint, alpha: number, degree: number): FlowPoint {
  const logNorm = point.logNorm + Math.log(alpha / point.alpha) / degree;
  return { ...point, alpha, logNorm, clock: NaN, logTime: NaN };
}
