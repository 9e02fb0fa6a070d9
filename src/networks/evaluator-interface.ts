import type { Network } from './serial.js';

/**
 * A network on one fixed batch of inputs, with all working memory allocated once. The derivative
 * functions use the activations that the last call of `outputs` left, so call `outputs(theta)`
 * first and pass the same `theta`.
 */
export interface Evaluator {
  readonly network: Network;
  readonly examples: number;
  /** Runs the batch; returns examples×outputs, a buffer that the next call overwrites. */
  outputs(theta: Float64Array): Float64Array;
  /** into ← Σᵢ Σₖ weights[i,k] ∇θ Φₖ(xᵢ; θ). */
  pullback(theta: Float64Array, weights: Float64Array, into: Float64Array): void;
  /** Scores, then the weights that the caller makes of them, then `into` ← their pullback. */
  differentiate(
    theta: Float64Array,
    weightsOf: (scores: Float64Array) => Float64Array,
    into: Float64Array,
  ): void;
  /** into ← the (examples·outputs)×parameters matrix whose rows are ∇θ Φₖ(xᵢ; θ). */
  jacobian(theta: Float64Array, into: Float64Array): void;
  /** into ← Σᵢ Σₖ weights[i,k] ∇²θ Φₖ(xᵢ; θ), a symmetric parameters×parameters matrix. */
  curvature(theta: Float64Array, weights: Float64Array, into: Float64Array): void;
  /** The same matrix times each of some directions, given and written one after the other. */
  curvatureAlong(
    theta: Float64Array,
    weights: Float64Array,
    directions: Float64Array,
    into: Float64Array,
  ): void;
  /** Output of layer k (from 0) at the last `outputs`, examples×units. */
  layerOutput(k: number): Float64Array;
  /** Gradient of the last `pullback`'s Σ weights·Φ with respect to the output of layer k. */
  layerGradient(k: number): Float64Array;
}
