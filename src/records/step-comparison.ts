import type { DatasetSummary } from './problem.js';
import type { NetworkSummary } from './image-training.js';

/** One rule's descent: columns with an entry for each row, a row whenever α has grown by 1 %. */
export interface RuleRecord {
  /** What legends and tables call the rule. */
  readonly name: string;
  /** Gradients that it computed: fewer than it might have where it stopped early. */
  readonly gradients: number;
  /** Gradients of the whole training set since the start, those of undone steps included. */
  readonly evaluations: Float64Array;
  /** Steps that were kept. */
  readonly steps: Float64Array;
  readonly alpha: Float64Array;
  /** log₁₀ 𝓛 of the summed loss. */
  readonly log10Loss: Float64Array;
  /** Smallest margin over ‖θ‖^L. */
  readonly normalizedMargin: Float64Array;
  /** α/‖θ‖^L. */
  readonly smoothedMargin: Float64Array;
  /** log₁₀ of the next step's size, the factor on the gradient of the mean loss. */
  readonly log10Step: Float64Array;
  /** Share of misclassified training images. */
  readonly trainingError: Float64Array;
}

/** Descents from the same point, with the same number of gradients. */
export interface StepComparisonRecord {
  readonly kind: 'step-comparison';
  readonly network: NetworkSummary;
  readonly data: DatasetSummary;
  /** The network's degree of homogeneity; undefined in records that were made before it was kept. */
  readonly degree?: number;
  /** Gradients of the whole training set that each rule may compute. */
  readonly evaluations: number;
  /** How the fit before ended, in a sentence. */
  readonly fit: string;
  /** Steps of constant size, the smallest first. */
  readonly constant: readonly RuleRecord[];
  readonly scaled: RuleRecord;
}
