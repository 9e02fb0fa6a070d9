import { requireLoss } from '../../losses/loss-checks.js';
import type { Objective } from '../../losses/objective.js';
import { degreeOrZero } from '../../networks/degree.js';
import { logAddExp } from '../../numerics/logarithms.js';
import { minimum, norm } from '../../numerics/vectors.js';
import { requireStart } from '../flow-options.js';
import {
  descentMemory,
  displacementAlignment,
  hasGrown,
  requireStepRule,
  ruledDescent,
  type StepRule,
} from './step-rules.js';
import { noCounts } from '../stepper.js';
import { trajectoryOf, type FlowPoint, type FlowResult, type Mark } from '../trajectory.js';

/** How long a descent runs, by which steps, and which points it saves. */
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

/**
 * Full-batch gradient descent on the summed risk from θ₀, which is left as it is, in log-domain: the loss
 * is never formed, so that runs go on where it would underflow. Any network will do, homogeneous or not;
 * the `clock` of its points counts accepted steps, `logTime` is the logarithm of the sum of the step sizes,
 * and path lengths and angles are in radians. Throws a sentence where an option is out of range, θ₀ does
 * not fit the network, or the loss is not what it says; otherwise a status and a sentence say how it ended.
 */
export function descend(
  objective: Objective,
  theta0: Float64Array,
  options: DescentOptions,
): DescentResult {
  requireOptions(options);
  requireStart(objective, theta0);
  requireLoss(objective.loss, objective.margins(theta0).slice(), objective.pairs);
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
    averaged.push(displacementAlignment(theta, lastSaved));
    points.push(pointOf(objective, theta, degree, counts.accepted, step.logTime(), pathLength));
    lastSaved.set(theta);
  };
  save();
  let ending: Pick<FlowResult, 'status' | 'message'>;
  for (;;) {
    const alpha = step.alpha();
    const last = points[points.length - 1];
    const grown = hasGrown(alpha, last.alpha, options.saveFactor);
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
  requireStepRule(rule);
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

/** The iteration; `take` returns the angle swept, or undefined for an undone step. */
function stepper(objective: Objective, theta: Float64Array, rule: StepRule) {
  const { loss } = objective;
  const memory = descentMemory(rule, 0, theta.length);
  const descent = ruledDescent(loss, theta, rule, objective.evaluate(theta, 1), memory);
  let logTime = -Infinity;
  let stuck = false;

  function take(): number | undefined {
    const previous = descent.alpha();
    const move = descent.move();
    stuck = move.stuck;
    const { alpha, gradient } = objective.evaluate(theta, 1);
    if (!descent.settle(alpha, gradient)) return undefined;
    logTime = logAddExp(logTime, Math.log(move.factor) - loss.logSlope(previous));
    return move.angle;
  }

  return { take, alpha: descent.alpha, logTime: () => logTime, stuck: () => stuck };
}
