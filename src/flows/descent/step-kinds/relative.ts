import type { StepKind } from './step-kind.js';

/**
 * ‖Δθ‖ = min(cap, c/α)·‖θ‖; with momentum at most that. Small c follows the flow; see the halved-c
 * control.
 */
export interface RelativeStep {
  readonly kind: 'relative';
  readonly c: number;
  readonly cap: number;
}

/** Its name in files, its sizes, and how it chooses a step. */
export const relativeStep: StepKind<RelativeStep> = {
  kind: 'relative',
  sizes: ['c', 'cap'],
  running: ({ c, cap }) => ({
    plan: ({ alpha }) => ({ share: Math.min(cap, alpha > 0 ? c / alpha : cap) }),
  }),
};
