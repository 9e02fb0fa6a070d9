import type { Block } from '../../layer.js';
import type { ImageShape } from '../shape.js';

/** Multiply-adds of weights that are used once for every pixel of the output. */
export function multiplyAddsOf({
  weights,
  shape,
}: {
  readonly weights: Block;
  readonly shape: ImageShape;
}): number {
  return weights.rows * weights.columns * shape.height * shape.width;
}
