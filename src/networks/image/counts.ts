import type { ImageNetwork } from './image-network.js';

/** Multiply-adds of a forward pass on one image: those of convolutions and dense layers. */
export function multiplyAdds({ nodes }: ImageNetwork): number {
  return nodes.reduce((sum, node) => {
    if (node.kind !== 'convolution' && node.kind !== 'dense') return sum;
    const { weights, shape } = node;
    return sum + weights.rows * weights.columns * shape.height * shape.width;
  }, 0);
}
