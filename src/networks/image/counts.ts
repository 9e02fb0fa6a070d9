import type { ImageNetwork } from './image-network.js';
import { nodeKindOf } from './kinds/index.js';

/**
 * Multiply-adds of a forward pass on one image: those of convolutions and dense layers. Pools, batch norms
 * and sums are not counted.
 */
export function multiplyAdds({ nodes }: ImageNetwork): number {
  return nodes.reduce((sum, node) => sum + (nodeKindOf(node).multiplyAdds?.(node) ?? 0), 0);
}
