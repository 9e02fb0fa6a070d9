import type { ImageNetwork } from './image-network.js';

/**
 * An image network bound to batches of one size, whichever library does the arithmetic. Parameters,
 * scores and weights are float64 on the outside; the loss is never seen in here: who calls computes
 * the dual variables from the scores, in float64, and hands them back as weights. So an engine in
 * single precision goes on where the risk is e^{−1000}.
 */
export interface BatchEngine {
  /** 'float64 (OpenBLAS …)' or 'float32 (TensorFlow …)': what reports say did the work. */
  readonly name: string;
  readonly network: ImageNetwork;
  /** Images in a batch. */
  readonly examples: number;
  /** Puts a batch in place: examples×inputs numbers, each image channel by channel, row by row. */
  load(inputs: Float64Array): void;
  /** Scores of the batch, examples×outputs: a buffer that the next call overwrites. */
  outputs(theta: Float64Array): Float64Array;
  /** into ← Σᵢ Σₖ weights[i,k] ∇θ Φₖ(xᵢ; θ), after `outputs` at the same θ. */
  pullback(theta: Float64Array, weights: Float64Array, into: Float64Array): void;
  /**
   * Both at once: scores, then the weights that the caller makes of them, then `into` ← the pullback.
   * Gradients go through the statistics of batch norms, unless they are frozen.
   */
  differentiate(
    theta: Float64Array,
    weightsOf: (scores: Float64Array) => Float64Array,
    into: Float64Array,
  ): void;
  /**
   * Means and variances (of n, not n − 1) that the batch norms used at the last `outputs`, a copy of
   * `network.statistics` numbers in the order of the nodes' `statisticsAt`.
   */
  statistics(): Float64Array;
  /** Fixes the statistics of batch norms from now on; `undefined`: those of each batch again. */
  freezeStatistics(statistics: Float64Array | undefined): void;
  /** Gives memory back; nothing may be called afterwards. */
  dispose(): void;
}
