import { algebraForProduct } from '../numerics/linear-algebra.js';
import type { Snapshot } from './snapshot.js';

/** Size and shape of one trained block of the direction w = θ/‖θ‖. */
export interface LayerNorm {
  readonly name: string;
  /** ‖W‖_F / ‖θ‖. */
  readonly share: number;
  /** ‖W‖_2 / ‖W‖_F: 1 exactly for rank one. NaN for a zero block. */
  readonly rankOneness: number;
}

/** Norms of every block, relative to the whole. */
export function layerNorms(at: Snapshot): LayerNorm[] {
  return at.objective.network.blocks.map((block) => {
    const { name, rows, columns, offset } = block;
    const values = at.direction.slice(offset, offset + rows * columns);
    const spectrum = algebraForProduct(rows * columns * Math.min(rows, columns)).singularValues(
      rows,
      columns,
      values,
    );
    const frobenius = Math.sqrt(spectrum.reduce((sum, s) => sum + s * s, 0));
    return { name, share: frobenius, rankOneness: spectrum[0] / frobenius };
  });
}
