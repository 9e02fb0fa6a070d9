import type { Block } from '../networks/layer.js';
import { spectralNorm } from '../numerics/spectral-norm.js';
import { norm } from '../numerics/vectors.js';
import type { Snapshot } from './snapshot.js';

/** Size and shape of one trained block of the direction w = θ/‖θ‖. */
export interface LayerNorm {
  readonly name: string;
  /** False for a bias or the scale or shift of a batch norm: one column, whose rank says nothing. */
  readonly weights: boolean;
  /** ‖W‖_F / ‖θ‖. */
  readonly share: number;
  /**
   * The spectral share ‖W‖₂/‖W‖_F: the largest singular value as a share of the Frobenius norm, which is the
   * stable rank ‖W‖_F²/‖W‖₂² to the power −½. In (0, 1], 1 exactly for rank one. NaN for a zero block.
   */
  readonly spectralShare: number;
}

/**
 * Norms of every block of parameters, relative to the whole: the squares of the shares sum to 1. A
 * convolution's block has a row for each filter.
 */
export function layerNorms(at: Snapshot): LayerNorm[] {
  return at.objective.network.blocks.map((block) => {
    const { name, rows, columns } = block;
    const values = valuesOf(block, at.direction);
    const share = norm(values);
    const spectral = spectralNorm(rows, columns, values);
    return { name, weights: isWeights(block), share, spectralShare: spectral / share };
  });
}

/** True for the weights of a layer, false for biases and what belongs to a batch norm. */
export function isWeights(block: Block): boolean {
  return block.initially === undefined;
}

/** The numbers of a block, rows×columns and row-major: a view on the parameters. */
export function valuesOf({ rows, columns, offset }: Block, theta: Float64Array): Float64Array {
  return theta.subarray(offset, offset + rows * columns);
}
