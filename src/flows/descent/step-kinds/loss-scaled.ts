import type { StepKind } from './step-kind.js';

/**
 * η = a/𝓛 (Lyu & Li 2019): a, from `start` on, grows by 2^{1/5} after a step that lowered the loss, else the
 * step is undone and a shrinks by 2^{1/10}.
 */
export interface LossScaledStep {
  readonly kind: 'loss-scaled';
  readonly start: number;
}

/** Its name in files, its size, and how it chooses a step and whether the step stays. */
export const lossScaledStep: StepKind<LossScaledStep> = {
  kind: 'loss-scaled',
  sizes: ['start'],
  running: ({ start }) => ({
    start,
    plan: ({ loss, alpha, remembered }) => ({
      factor: remembered * Math.exp(loss.logSlope(alpha) - loss.logRisk(alpha)),
    }),
    settle: ({ alpha, remembered }, moved) =>
      moved > alpha
        ? { keep: true, remembered: remembered * 2 ** 0.2 }
        : { keep: false, remembered: remembered / 2 ** 0.1 },
  }),
};
