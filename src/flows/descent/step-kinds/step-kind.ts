import type { Loss } from '../../../losses/loss.js';

/** What a step is chosen by. */
export interface StepPlace {
  readonly loss: Loss;
  /** α at θ. */
  readonly alpha: number;
  /** The number that the rule remembers from step to step; its `start` at first. */
  readonly remembered: number;
}

/**
 * How far a step goes along ∇α = Σ q ∇p: by that times `factor`, or by `share` of ‖θ‖ whatever its length
 * is. With momentum the displacements of the first add up, and of the second the directions: a rule gives
 * the same one at every step.
 */
export type StepPlan = { readonly factor: number } | { readonly share: number };

/** What became of a step. */
export interface SettledStep {
  /** False: it is undone. */
  readonly keep: boolean;
  readonly remembered: number;
}

/** A rule at work. */
export interface RunningRule {
  /** What it remembers at first; 0 where left out. */
  readonly start?: number;
  plan(at: StepPlace): StepPlan;
  /** Judges a step that led from `at` to where α is `moved`; left out, every step is kept. */
  settle?(at: StepPlace, moved: number): SettledStep;
}

/** A kind of rule that is plain data: a kind and sizes, which are positive numbers. */
export interface StepKind<R extends { readonly kind: string }> {
  readonly kind: R['kind'];
  readonly sizes: readonly Exclude<keyof R, 'kind'>[];
  running(rule: R): RunningRule;
}
