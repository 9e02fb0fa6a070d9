import type { ActiveKktResidual, Decade, LayerNorm } from '../metrics/index.js';
import type { TrainingRow } from '../training/index.js';
import type { DatasetSummary } from './problem.js';

/** A network, as figures and judges see it. */
export interface NetworkSummary {
  readonly name: string;
  readonly parameters: number;
}

/** A network trained far past 100 % training accuracy, with everything that claims and figures read. */
export interface ImageTrainingRecord {
  readonly kind: 'image-training';
  /** What figures and messages call it. */
  readonly name: string;
  readonly network: NetworkSummary;
  readonly data: DatasetSummary;
  readonly test: DatasetSummary;
  /** The library and precision that did the work. */
  readonly engine: string;
  /** How the training ended, in a sentence. */
  readonly message: string;
  /** Every row, from the start through fitting to the end. */
  readonly rows: readonly TrainingRow[];
  /** ‖θ‖ at the end, as a multiple of that at α = 1. */
  readonly growth: number;
  /** Looks at the network, α doubling from one to the next. */
  readonly checkpoints: readonly ImageCheckpoint[];
  /** Path length through the directions of the rows, over each doubling of α between checkpoints. */
  readonly sampledLengths: readonly Decade[];
  /** The same with every step counted. */
  readonly rawLengths: readonly Decade[];
  /** At the end; undefined with batch norm, whose networks have no margin problem of this kind. */
  readonly kkt?: ActiveKktResidual | undefined;
  /** The control: undefined where it is not run. */
  readonly halved?: HalvedControl | undefined;
}

/** The same training from the same fit with steps half as long. */
export interface HalvedControl {
  /** Where both are compared. */
  readonly alpha: number;
  /** Angle between the two directions there, radians. */
  readonly angle: number;
  /** Angle between the direction at the fit and there: how far there was to go. */
  readonly distance: number;
}

/** A distribution of margins over the training images, divided by one of the normalisers. */
export interface MarginDistribution {
  readonly normaliser: string;
  /** What dividing by it takes away, in a sentence. */
  readonly why: string;
  /** The smallest margin of each image, in the order of the training set. */
  readonly margins: Float64Array;
}

/** A trained network, looked at once. */
export interface ImageCheckpoint {
  readonly row: TrainingRow;
  /** cos(θ, −∇𝓛) of the gradient at the point. */
  readonly alignment: number;
  /**
   * Cosine between the mean step since the checkpoint before, θ − θ₋, and θ + θ₋, the way half-way: a mere
   * rotation has 0. NaN at the first.
   */
  readonly averagedAlignment: number;
  /** Angle from this direction to the last one, radians. */
  readonly angleToEnd: number;
  /** The normaliser declared for this network, then the others. */
  readonly distributions: readonly MarginDistribution[];
  /** Lower quartile, median and upper quartile over images of d log|f(rθ)|/d log r. */
  readonly degrees: readonly number[];
  /** The same in the mean over the dual variables: what the gradient sees. */
  readonly weightedDegree: number;
  /**
   * |⟨∇f, θ⟩ − M f| / |f|, median and maximum over images. M is `degree`: the network's own, or 2 with batch
   * norm, for its last scale and the last layer. Older records have no `degree`, and their M is the median of
   * `degrees`.
   */
  readonly nearHomogeneity: {
    readonly degree?: number;
    readonly median: number;
    readonly largest: number;
  };
  readonly layers: readonly LayerNorm[];
}
