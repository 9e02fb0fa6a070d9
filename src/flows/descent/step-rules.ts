import type { Loss } from '../../losses/loss.js';
import { addScaled, dot, norm } from '../../numerics/vectors.js';

/**
 * How far a step goes along −∇𝓛.
 * - `constant`: θ − η∇𝓛. In double precision it stops moving once 𝓛 underflows, near α = 745.
 * - `loss-scaled` (Lyu & Li 2019): η = a/𝓛; a grows by 2^{1/5} after a step that lowered the loss,
 *   else the step is undone and a shrinks by 2^{1/10}.
 * - `relative`: ‖Δθ‖ = min(cap, c/α)·‖θ‖; with momentum at most that. Small c follows the flow; see the
 *   halved-c control.
 */
export type StepRule =
  | { readonly kind: 'constant'; readonly step: number }
  | { readonly kind: 'loss-scaled'; readonly start: number }
  | { readonly kind: 'relative'; readonly c: number; readonly cap: number };

/** Throws a sentence where a size of the rule is not a positive number. */
export function requireStepRule(rule: StepRule): void {
  const sizes =
    rule.kind === 'constant'
      ? [rule.step]
      : rule.kind === 'relative'
        ? [rule.c, rule.cap]
        : [rule.start];
  if (!sizes.every((size) => size > 0 && Number.isFinite(size))) {
    throw new Error(`A '${rule.kind}' step needs positive sizes; got ${sizes.join(', ')}.`);
  }
}

/** True where α has grown enough since the last saved point for another one. */
export function hasGrown(alpha: number, lastAlpha: number, saveFactor: number): boolean {
  return lastAlpha > 0 ? alpha >= saveFactor * lastAlpha : alpha > lastAlpha + 0.1;
}

/** What a descent remembers from step to step besides θ: with it, a run goes on where it was left. */
export interface DescentMemory {
  /** a of the loss-scaled rule; 0 for the others. */
  lossScale: number;
  /**
   * What momentum carries on: the last displacement, for the relative rule the running mean of
   * directions of ∇α. Undefined without momentum.
   */
  readonly velocity: Float64Array | undefined;
}

/** What a descent remembers at its start. */
export function descentMemory(rule: StepRule, momentum: number, parameters: number): DescentMemory {
  return {
    lossScale: rule.kind === 'loss-scaled' ? rule.start : 0,
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
 * Δ ← mΔ + factor·∇α. For the relative rule a running mean of directions takes the gradient's place,
 * v ← mv + (1 − m)∇α/‖∇α‖: where gradients point to and fro, as they do across kinks, v is short, and so
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
  let { alpha } = start;

  function share(): number {
    return rule.kind === 'relative' ? Math.min(rule.cap, alpha > 0 ? rule.c / alpha : rule.cap) : 0;
  }

  function factorFor(along: Float64Array): number {
    switch (rule.kind) {
      case 'constant':
        return rule.step * Math.exp(loss.logSlope(alpha));
      case 'loss-scaled':
        return memory.lossScale * Math.exp(loss.logSlope(alpha) - loss.logRisk(alpha));
      case 'relative': {
        const length = norm(along);
        return length === 0 ? 0 : (share() * norm(theta)) / length;
      }
    }
  }

  function move(): Move {
    before.set(theta);
    const { velocity } = memory;
    if (velocity === undefined) return moveAlong(gradient, factorFor(gradient));
    velocityBefore!.set(velocity);
    if (rule.kind === 'relative') {
      const length = norm(gradient);
      const part = length === 0 ? 0 : (1 - momentum) / length;
      for (let i = 0; i < velocity.length; i++) {
        velocity[i] = momentum * velocity[i] + part * gradient[i];
      }
      return moveAlong(velocity, share() * norm(theta));
    }
    const factor = factorFor(gradient);
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
    if (rule.kind === 'loss-scaled') {
      if (!(moved > alpha)) {
        memory.lossScale /= 2 ** 0.1;
        theta.set(before);
        memory.velocity?.fill(0);
        return false;
      }
      memory.lossScale *= 2 ** 0.2;
    }
    alpha = moved;
    gradient.set(movedGradient);
    return true;
  }

  return { alpha: () => alpha, move, settle, undo };
}

/** Angle between θ and θ + c·g, from the part of g across θ. */
export function sweptAngle(theta: Float64Array, g: Float64Array, c: number): number {
  const length = norm(theta);
  const along = dot(theta, g) / length;
  let across = 0;
  for (let i = 0; i < g.length; i++) across += (g[i] - (along * theta[i]) / length) ** 2;
  return Math.atan2(c * Math.sqrt(across), length + c * along);
}

/** cos of the angle between θ and its displacement since `last`; NaN where it has not moved. */
export function displacementAlignment(theta: Float64Array, last: Float64Array): number {
  const displacement = theta.map((value, i) => value - last[i]);
  const length = norm(displacement) * norm(theta);
  return length > 0 ? dot(displacement, theta) / length : NaN;
}
