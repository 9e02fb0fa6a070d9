import type { Objective } from '../losses/objective.js';
import { degreeOrZero } from '../networks/degree.js';
import { logAddExp } from '../numerics/logarithms.js';
import { addScaled, dot, minimum, norm } from '../numerics/vectors.js';
import { requireStart } from './flow-options.js';
import { noCounts } from './stepper.js';
import { trajectoryOf, type FlowPoint, type FlowResult, type Mark } from './trajectory.js';

/**
 * How far a step goes along −∇𝓛.
 * - `constant`: θ − η∇𝓛. In double precision it stops moving once 𝓛 underflows, near α = 745.
 * - `loss-scaled` (Lyu & Li 2019): η = a/𝓛; a grows by 2^{1/5} after a step that lowered the loss,
 *   else the step is undone and a shrinks by 2^{1/10}.
 * - `relative`: ‖Δθ‖ = min(cap, c/α)·‖θ‖. Small c follows the flow; see the halved-c control.
 */
export type StepRule =
  | { readonly kind: 'constant'; readonly step: number }
  | { readonly kind: 'loss-scaled'; readonly start: number }
  | { readonly kind: 'relative'; readonly c: number; readonly cap: number };

export interface DescentOptions {
  readonly rule: StepRule;
  /** The run ends when α reaches this. */
  readonly untilAlpha: number;
  readonly maxSteps: number;
  /** A point is saved whenever α has grown by this factor (1.05: every 5 %). */
  readonly saveFactor: number;
  readonly onStep?: (steps: number, alpha: number) => void;
  readonly signal?: { readonly aborted: boolean };
}

/** A run of gradient descent. `pathLength` is the raw length: every step counts, chatter included. */
export interface DescentResult extends FlowResult {
  /**
   * For each saved point, the cosine between θ and the mean of the steps since the point before:
   * the alignment of the averaged gradient. NaN at the first point.
   */
  readonly averagedAlignment: Float64Array;
}

/** Full-batch gradient descent on the summed risk from θ₀, in log-domain. */
export function descend(
  objective: Objective,
  theta0: Float64Array,
  options: DescentOptions,
): DescentResult {
  requireOptions(options);
  requireStart(objective, theta0);
  const degree = degreeOrZero(objective.network.degree);
  const theta = theta0.slice();
  const lastSaved = theta0.slice();
  const counts = noCounts();
  const points: FlowPoint[] = [];
  const averaged: number[] = [];
  const marks: Mark[] = [];
  const step = stepper(objective, theta, options.rule);
  let pathLength = 0;

  const save = () => {
    const displacement = theta.map((value, i) => value - lastSaved[i]);
    const length = norm(displacement) * norm(theta);
    averaged.push(length > 0 ? dot(displacement, theta) / length : NaN);
    points.push(pointOf(objective, theta, degree, counts.accepted, step.logTime(), pathLength));
    lastSaved.set(theta);
  };
  save();
  let ending: Pick<FlowResult, 'status' | 'message'>;
  for (;;) {
    const alpha = step.alpha();
    const last = points[points.length - 1];
    const grown =
      last.alpha > 0 ? alpha >= options.saveFactor * last.alpha : alpha > last.alpha + 0.1;
    if (counts.accepted > 0 && (grown || alpha >= options.untilAlpha)) {
      const separated = points[points.length - 1].smallestMargin > 0;
      save();
      const point = points[points.length - 1];
      if (!separated && point.smallestMargin > 0) marks.push({ name: 'separation', point });
    }
    const end = endingOf(alpha, counts.accepted + counts.rejected, options, step.stuck());
    if (end) {
      ending = end;
      break;
    }
    const moved = step.take();
    counts.evaluations++;
    if (moved === undefined) counts.rejected++;
    else {
      counts.accepted++;
      pathLength += moved;
    }
    options.onStep?.(counts.accepted, step.alpha());
  }
  if (points[points.length - 1].clock !== counts.accepted) save();
  return {
    ...ending,
    counts,
    trajectory: trajectoryOf(points),
    marks,
    last: points[points.length - 1],
    averagedAlignment: Float64Array.from(averaged),
  };
}

function requireOptions({ rule, maxSteps, saveFactor }: DescentOptions): void {
  const sizes =
    rule.kind === 'constant'
      ? [rule.step]
      : rule.kind === 'relative'
        ? [rule.c, rule.cap]
        : [rule.start];
  if (!sizes.every((size) => size > 0 && Number.isFinite(size))) {
    throw new Error(`A '${rule.kind}' step needs positive sizes; got ${sizes.join(', ')}.`);
  }
  if (!(maxSteps >= 1)) throw new Error(`maxSteps is at least 1; got ${maxSteps}.`);
  if (!(saveFactor > 1)) throw new Error(`saveFactor is larger than 1; got ${saveFactor}.`);
}

function endingOf(alpha: number, steps: number, options: DescentOptions, stuck: boolean) {
  const at = `α = ${alpha.toPrecision(6)} after ${steps} steps`;
  if (!Number.isFinite(alpha)) {
    return { status: 'not-finite' as const, message: `The risk is not finite: ${at}.` };
  }
  if (alpha >= options.untilAlpha) {
    return { status: 'finished' as const, message: `The run reached its goal: ${at}.` };
  }
  if (stuck) {
    const message = `The step no longer changes the parameters: ${at}.`;
    return { status: 'step-underflow' as const, message };
  }
  if (options.signal?.aborted) {
    return { status: 'interrupted' as const, message: `The run was interrupted: ${at}.` };
  }
  if (steps >= options.maxSteps) {
    return { status: 'max-steps' as const, message: `The run used up its steps: ${at}.` };
  }
  return undefined;
}

function pointOf(
  objective: Objective,
  theta: Float64Array,
  degree: number,
  steps: number,
  logTime: number,
  pathLength: number,
): FlowPoint {
  const length = norm(theta);
  const alpha = objective.alpha(theta, 1);
  return {
    clock: steps,
    logTime,
    logNorm: Math.log(length),
    alpha,
    // Without a degree the margin is left as it is: there is no norm that normalises it.
    smallestMargin: minimum(objective.margins(theta)) * length ** -degree,
    pathLength,
    direction: theta.map((value) => value / length),
  };
}

/** The state of the iteration; `take` returns the angle swept, or undefined for an undone step. */
function stepper(objective: Objective, theta: Float64Array, rule: StepRule) {
  const { loss } = objective;
  let logTime = -Infinity;
  let lossScale = rule.kind === 'loss-scaled' ? rule.start : 0;
  let stuck = false;
  let state = objective.evaluate(theta, 1);
  let alpha = state.alpha;
  const before = theta.slice();

  /** Factor on ∇α = Σ q ∇p: the step is factor·∇α, with −∇𝓛 = |ℓ′(α)| ∇α. */
  function factor(): number {
    switch (rule.kind) {
      case 'constant':
        return rule.step * Math.exp(loss.logSlope(alpha));
      case 'loss-scaled':
        return lossScale * Math.exp(loss.logSlope(alpha) - loss.logRisk(alpha));
      case 'relative': {
        const share = Math.min(rule.cap, alpha > 0 ? rule.c / alpha : rule.cap);
        const length = norm(state.gradient);
        return length === 0 ? 0 : (share * norm(theta)) / length;
      }
    }
  }

  function take(): number | undefined {
    const along = factor();
    before.set(theta);
    const length = norm(theta);
    const angle = sweptAngle(theta, state.gradient, along, length);
    addScaled(theta, along, state.gradient);
    stuck = along === 0 || theta.every((value, i) => value === before[i]);
    const previous = alpha;
    state = objective.evaluate(theta, 1);
    alpha = state.alpha;
    if (rule.kind === 'loss-scaled') {
      if (!(alpha > previous)) {
        lossScale /= 2 ** 0.1;
        theta.set(before);
        state = objective.evaluate(theta, 1);
        alpha = state.alpha;
        return undefined;
      }
      lossScale *= 2 ** 0.2;
    }
    logTime = logAddExp(logTime, Math.log(along) - loss.logSlope(previous));
    return angle;
  }

  return { take, alpha: () => alpha, logTime: () => logTime, stuck: () => stuck };
}

/** Angle between θ and θ + c·g, from the part of g across θ. */
function sweptAngle(theta: Float64Array, g: Float64Array, c: number, length: number): number {
  const along = dot(theta, g) / length;
  let across = 0;
  for (let i = 0; i < g.length; i++) across += (g[i] - (along * theta[i]) / length) ** 2;
  return Math.atan2(c * Math.sqrt(across), length + c * along);
}
