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
  /** ‖W‖_2 / ‖W‖_F: 1 exactly for rank one. NaN for a zero block. */
  readonly rankOneness: number;
}

/** Norms of every block, relative to the whole. A convolution's block has a row for each filter. */
export function layerNorms(at: Snapshot): LayerNorm[] {
  return at.objective.network.blocks.map((block) => {
    const { name, rows, columns } = block;
    const values = valuesOf(block, at.direction);
    const share = norm(values);
    const spectral = spectralNorm(rows, columns, values);
    return { name, weights: isWeights(block), share, rankOneness: spectral / share };
  });
}

/** True for the weights of a layer, false for biases and what belongs to a batch norm. */
export function isWeights(block: Block): boolean {
  return block.initially === undefined;
}

/** The numbers of a block, a view on the parameters. */
export function valuesOf({ rows, columns, offset }: Block, theta: Float64Array): Float64Array {
  return theta.subarray(offset, offset + rows * columns);
}
