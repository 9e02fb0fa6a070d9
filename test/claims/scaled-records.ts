import { makeDataset } from '../../src/datasets/index.js';
import type { RuleRun, ScaledStepsRun } from '../../src/experiments/index.js';
import { imageNetwork, parts } from '../../src/networks/index.js';

const ROWS = 60;
export const EVALUATIONS = 600;

/** A made-up descent whose α rises from 1 to `alpha` and whose normalised margin grows by `growth`. */
export function madeUpRun(name: string, alpha: number, growth: number): RuleRun {
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
export function madeUpComparison(): ScaledStepsRun {
  const image = { channels: 1, height: 1, width: 2 };
  return {
    network: imageNetwork('two pixels', image, [parts.flatten, parts.dense(1)]),
    data: makeDataset({
      name: 'two images',
      source: 'made up',
      classes: 2,
      inputs: Float64Array.of(1, 0, 0, 1),
      labels: Float64Array.of(1, -1),
      dimension: 2,
      image,
    }),
    evaluations: EVALUATIONS,
    fit: 'The goal was reached.',
    constant: [
      madeUpRun('constant step 0.01', 1.2, 1.05),
      madeUpRun('constant step 0.1', 2.4, 1.25),
    ],
    scaled: madeUpRun('loss-scaled steps', 12, 2.5),
  };
}
