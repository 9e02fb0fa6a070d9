import type { Loss } from '../../losses/loss.js';
import { addScaled, dot, norm } from '../../numerics/vectors.js';
import { constantStep } from './step-kinds/constant.js';
import { lossScaledStep } from './step-kinds/loss-scaled.js';
import { requireOwn, runningOwn, type OwnStep } from './step-kinds/own.js';
import { relativeStep } from './step-kinds/relative.js';
import type { RunningRule, StepKind, StepPlace, StepPlan } from './step-kinds/step-kind.js';

export type { OwnStep } from './step-kinds/own.js';
export type { RunningRule, SettledStep, StepPlace, StepPlan } from './step-kinds/step-kind.js';

/** Every kind of rule that is plain data. */
const KINDS = {
  constant: constantStep,
  'loss-scaled': lossScaledStep,
  relative: relativeStep,
};

/** A rule as plain data: a kind and its sizes. */
export type NamedStepRule = Parameters<(typeof KINDS)[keyof typeof KINDS]['running']>[0];

/** How far a step goes along −∇𝓛: a rule of the kit, or one's own. */
export type StepRule = NamedStepRule | OwnStep;

/** The sizes of every kind of rule that is plain data, each a positive number. */
export const stepRuleSizes: ReadonlyMap<string, readonly string[]> = new Map(
  Object.values(KINDS).map(({ kind, sizes }) => [kind, sizes]),
);

/**
 * Throws a sentence where there is no such rule, a size of it is not a positive finite number, or a rule of
 * one's own lacks its name or a function.
 */
export function requireStepRule(rule: StepRule): void {
  if (rule.kind === 'own') {
    requireOwn(rule);
    return;
  }
  const sizes = stepRuleSizes.get(rule.kind);
  if (sizes === undefined) {
    const known = [...stepRuleSizes.keys()].map((kind) => `'${kind}'`).join(', ');
    throw new Error(
      `There is no step rule '${(rule as StepRule).kind}'; expected ${known}, or 'own' with a function \`plan\`.`,
    );
  }
  const values = sizes.map((name) => rule[name as keyof typeof rule] as unknown as number);
  if (!values.every((size) => size > 0 && Number.isFinite(size))) {
    throw new Error(`A '${rule.kind}' step needs positive sizes; got ${values.join(', ')}.`);
  }
}

/** The rule at work. */
function runningRule(rule: StepRule): RunningRule {
  if (rule.kind === 'own') return runningOwn(rule);
  return (KINDS[rule.kind] as StepKind<NamedStepRule>).running(rule);
}

/**
 * True where α has grown enough since the last saved point for another one: by the factor `saveFactor` > 1,
 * or by more than 0.1 as long as it is not positive.
 */
export function hasGrown(alpha: number, lastAlpha: number, saveFactor: number): boolean {
  return lastAlpha > 0 ? alpha >= saveFactor * lastAlpha : alpha > lastAlpha + 0.1;
}

/** What a descent remembers from step to step besides θ: with it, a run goes on where it was left. */
export interface DescentMemory {
  /** The number that the rule remembers, such as a of the loss-scaled one. */
  remembered: number;
  /**
   * What momentum carries on: the last displacement, or where steps are shares of ‖θ‖ the running mean of
   * directions of ∇α. Undefined without momentum.
   */
  readonly velocity: Float64Array | undefined;
}

/** What a rule remembers at first, one number; 0 for a rule that remembers nothing. */
export function firstRemembered(rule: StepRule): number {
  return runningRule(rule).start ?? 0;
}

/**
 * What a descent remembers at its start: the rule's number, and for a momentum above 0 a velocity of zeros.
 */
export function descentMemory(rule: StepRule, momentum: number, parameters: number): DescentMemory {
  return {
    remembered: firstRemembered(rule),
    velocity: momentum > 0 ? new Float64Array(parameters) : undefined,
  };
}

/** What one move did. */
export interface Move {
  /** Angle swept by the direction of θ. */
  readonly angle: number;
  /** Factor on ∇α = Σ q ∇p, without momentum. */
  readonly factor: number;
  /** True where no parameter changed. */
  readonly stuck: boolean;
}

/**
 * One descent, a step at a time: `move` changes θ, the caller evaluates the risk there, however that
 * is done, and `settle` keeps the step or undoes it.
 */
export interface RuledDescent {
  /** α at the last kept θ. */
  alpha(): number;
  move(): Move;
  /** False where the rule undoes the step; θ is then what it was. */
  settle(alpha: number, gradient: Float64Array): boolean;
  /** Takes a move back that is not to be judged. */
  undo(): void;
}

/**
 * Descent from θ, in place, given α and ∇α there. With momentum m the displacements add up,
 * Δ ← mΔ + factor·∇α. Where steps are shares of ‖θ‖ a running mean of directions takes the gradient's
 * place, v ← mv + (1 − m)∇α/‖∇α‖: where gradients point to and fro, as they do across kinks, v is short, and so
 * is the step. A step that is undone sets the momentum to zero: shrinking the step alone might never
 * lower the risk.
 */
export function ruledDescent(
  loss: Loss,
  theta: Float64Array,
  rule: StepRule,
  start: { readonly alpha: number; readonly gradient: Float64Array },
  memory: DescentMemory,
  momentum = 0,
): RuledDescent {
  const before = theta.slice();
  const gradient = start.gradient.slice();
  const velocityBefore = memory.velocity?.slice();
  const running = runningRule(rule);
  let { alpha } = start;

  const place = (): StepPlace => ({ loss, alpha, remembered: memory.remembered });

  function move(): Move {
    before.set(theta);
    const { velocity } = memory;
    const plan = running.plan(place());
    if (velocity === undefined) return moveAlong(gradient, factorOf(plan, theta, gradient));
    velocityBefore!.set(velocity);
    if ('share' in plan) {
      const length = norm(gradient);
      const part = length === 0 ? 0 : (1 - momentum) / length;
      for (let i = 0; i < velocity.length; i++) {
        velocity[i] = momentum * velocity[i] + part * gradient[i];
      }
      return moveAlong(velocity, plan.share * norm(theta));
    }
    const { factor } = plan;
    for (let i = 0; i < velocity.length; i++) {
      velocity[i] = momentum * velocity[i] + factor * gradient[i];
    }
    return { ...moveAlong(velocity, 1), factor };
  }

  function moveAlong(along: Float64Array, factor: number): Move {
    const angle = sweptAngle(theta, along, factor);
    addScaled(theta, factor, along);
    const stuck = factor === 0 || theta.every((value, i) => value === before[i]);
    return { angle, factor, stuck };
  }

  function undo(): void {
    theta.set(before);
    if (velocityBefore) memory.velocity!.set(velocityBefore);
  }

  function settle(moved: number, movedGradient: Float64Array): boolean {
    const settled = running.settle?.(place(), moved);
    if (settled) memory.remembered = settled.remembered;
    if (settled?.keep === false) {
      theta.set(before);
      memory.velocity?.fill(0);
      return false;
    }
    alpha = moved;
    gradient.set(movedGradient);
    return true;
  }

  return { alpha: () => alpha, move, settle, undo };
}

/** The factor on g that a plan means. */
function factorOf(plan: StepPlan, theta: Float64Array, g: Float64Array): number {
  if ('factor' in plan) return plan.factor;
  const length = norm(g);
  return length === 0 ? 0 : (plan.share * norm(theta)) / length;
}

/**
 * Angle between θ and θ + c·g in radians, in [0, π] for c ≥ 0, from the part of g across θ, so that small
 * angles keep their digits.
 */
export function sweptAngle(theta: Float64Array, g: Float64Array, c: number): number {
  const length = norm(theta);
  const along = dot(theta, g) / length;
  let across = 0;
  for (let i = 0; i < g.length; i++) across += (g[i] - (along * theta[i]) / length) ** 2;
  return Math.atan2(c * Math.sqrt(across), length + c * along);
}

/** cos of the angle between θ and its displacement since `last`, in [−1, 1]; NaN where it has not moved. */
export function displacementAlignment(theta: Float64Array, last: Float64Array): number {
  const displacement = theta.map((value, i) => value - last[i]);
  const length = norm(displacement) * norm(theta);
  return length > 0 ? dot(displacement, theta) / length : NaN;
}
