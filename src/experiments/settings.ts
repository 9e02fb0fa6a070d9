import type { PlanSettings } from '../specs/scale.js';

/** What a run tells, and what can end it. */
export interface RunContext {
  /** Called as work goes on: what is running, and how far α has come towards its goal. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  readonly signal?: { readonly aborted: boolean } | undefined;
}

/** What the experiments of a claim are a function of, and what they tell meanwhile. */
export interface Settings extends PlanSettings, RunContext {}

/** How far an experiment is, for those who watch. */
export interface Progress {
  readonly task: string;
  readonly alpha: number;
  /** NaN where the run has no goal for α. */
  readonly goal: number;
  /** How much of the work is done, from 0 to 1, where α does not tell. */
  readonly share?: number;
}

/** Thrown when the caller's signal ended a run before it was done. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** Thrown when a run could not reach its goal, so that it says nothing about a claim. */
export class Unfinished extends Error {
  override readonly name = 'Unfinished';
}
