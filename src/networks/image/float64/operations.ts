import type { ImageNetwork } from '../image-network.js';
import { nodeKindOf, type ImageNode } from '../kinds/index.js';
import type { Statistics } from './batch-norm.js';
import type { Layout, Tensor } from './layout.js';
import type { Operation } from './operation.js';
import type { Memory } from './wiring.js';

/** Numbers of working memory for the operations of a network. */
export function scratchNeeded({ nodes }: ImageNetwork, layouts: readonly Layout[]): number {
  const needs = nodes.map((node, k) => {
    const [input] = node.inputs;
    const channels = input === undefined ? 0 : nodes[input].shape.channels;
    return nodeKindOf(node).scratch?.(node, channels, layouts[k]) ?? 0;
  });
  return Math.max(0, ...needs);
}

/** Node k of a network on its memory. */
export function operationOf(
  node: ImageNode,
  k: number,
  memory: Memory,
  statistics: Statistics,
): Operation {
  const { values, gradients, targets, shared, scratch } = memory;
  const y = values[k];
  const gy = gradients[k] ?? nothingLike(y);
  const operands = node.inputs.map((input, j) => ({
    x: values[input],
    gx: targets[k][j],
    shared: shared[k][j],
  }));
  const wiring = { x: values[node.inputs[0]], y, gy, gx: targets[k][0] };
  return nodeKindOf(node).operation(node, { wiring, operands, y, gy, scratch, statistics });
}

/** In place of a gradient that nothing needs. */
function nothingLike({ layout, channels }: Tensor): Tensor {
  return { layout, channels, data: new Float64Array(0) };
}
