import type { StepKind } from './step-kind.js';

/** θ − η∇𝓛. In double precision it stops moving once 𝓛 underflows, near α = 745. */
export interface ConstantStep {
  readonly kind: 'constant';
  readonly step: number;
}

/** Its name in files, its size, and how it chooses a step. */
export const constantStep: StepKind<ConstantStep> = {
  kind: 'constant',
  sizes: ['step'],
  running: ({ step }) => ({
    plan: ({ loss, alpha }) => ({ factor: step * Math.exp(loss.logSlope(alpha)) }),
  }),
};
