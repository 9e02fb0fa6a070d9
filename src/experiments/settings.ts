/** How much work a run does: minutes for a look, more for a paper, as far as it goes. */
export const scales = ['smoke', 'standard', 'full'] as const;
export type Scale = (typeof scales)[number];

/** What every experiment is a function of. */
export interface Settings {
  readonly scale: Scale;
  readonly seed: number;
  /** Called as work goes on: what is running, and how far α has come towards its goal. */
  readonly onProgress?: (progress: Progress) => void;
  readonly signal?: { readonly aborted: boolean };
}

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
