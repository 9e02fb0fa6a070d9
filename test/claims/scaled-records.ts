import type { RuleRecord, StepComparisonRecord } from '../../src/records/index.js';

const ROWS = 60;
export const EVALUATIONS = 600;

/** A made-up descent whose α rises from 1 to `alpha` and whose normalised margin grows by `growth`. */
export function madeUpRun(name: string, alpha: number, growth: number): RuleRecord {
  const column = (of: (share: number) => number) =>
    Float64Array.from({ length: ROWS }, (_, k) => of(k / (ROWS - 1)));
  const alphas = column((share) => alpha ** share);
  return {
    name,
    gradients: EVALUATIONS,
    evaluations: column((share) => Math.round(EVALUATIONS * share)),
    steps: column((share) => Math.round((EVALUATIONS * share) / 3)),
    alpha: alphas,
    log10Loss: alphas.map((value) => -value / Math.LN10),
    normalizedMargin: column((share) => 6e-5 * growth ** share),
    smoothedMargin: column((share) => 2e-5 * growth ** share),
    log10Step: column((share) => -2 + share * alpha),
    trainingError: column(() => 0),
  };
}

/** A made-up comparison that supports the claim. */
export function madeUpComparison(): StepComparisonRecord {
  return {
    kind: 'step-comparison',
    network: { name: 'two pixels', parameters: 3 },
    data: {
      name: 'two images',
      source: 'made up',
      examples: 2,
      dimension: 2,
      classes: 2,
      sha256: '0'.repeat(64),
    },
    evaluations: EVALUATIONS,
    fit: 'The goal was reached.',
    constant: [
      madeUpRun('constant step 0.01', 1.2, 1.05),
      madeUpRun('constant step 0.1', 2.4, 1.25),
    ],
    scaled: madeUpRun('loss-scaled steps', 12, 2.5),
  };
}
