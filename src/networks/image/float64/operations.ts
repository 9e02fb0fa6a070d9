import type { ImageNetwork } from '../image-network.js';
import type { ImageNode } from '../nodes.js';
import { batchNormOperation, type Statistics } from './batch-norm.js';
import { denseOperation } from './dense.js';
import { flattenOperation } from './flatten.js';
import { columnsNeeded, gatheredConvolution } from './gathered-convolution.js';
import type { Layout, Tensor } from './layout.js';
import type { Operation, Wiring } from './operation.js';
import { planesNeeded } from './planes.js';
import { averagePoolOperation, globalAverageOperation, maxPoolOperation } from './pools.js';
import { concatenateOperation, reluOperation, sumOperation } from './pointwise.js';
import { shiftedConvolution } from './shifted-convolution.js';
import { isShifted, type Memory } from './wiring.js';

/** Numbers of working memory for the convolutions of a network. */
export function scratchNeeded({ nodes }: ImageNetwork, layouts: readonly Layout[]): number {
  const needs = nodes.map((node, k) => {
    if (node.kind !== 'convolution') return 0;
    if (isShifted(node))
      return planesNeeded(node, nodes[node.inputs[0]].shape.channels, layouts[k]);
    return columnsNeeded(node.weights.columns, layouts[k].image, layouts[k].examples);
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
  if (node.kind === 'input') return { forward: () => undefined, backward: () => undefined };
  if (node.kind === 'sum' || node.kind === 'concatenate') {
    const operands = node.inputs.map((input, j) => ({
      x: values[input],
      gx: targets[k][j],
      shared: shared[k][j],
    }));
    const make = node.kind === 'sum' ? sumOperation : concatenateOperation;
    return make(operands, y, gy);
  }
  const wiring: Wiring = { x: values[node.inputs[0]], y, gy, gx: targets[k][0] };
  switch (node.kind) {
    case 'convolution':
      return isShifted(node)
        ? shiftedConvolution(node, wiring, scratch)
        : gatheredConvolution(node, wiring, scratch);
    case 'dense':
      return denseOperation(node, wiring);
    case 'relu':
      return reluOperation(wiring);
    case 'max-pool':
      return maxPoolOperation(node, wiring);
    case 'average-pool':
      return averagePoolOperation(node, wiring);
    case 'global-average-pool':
      return globalAverageOperation(wiring);
    case 'flatten':
      return flattenOperation(wiring);
    case 'batch-norm':
      return batchNormOperation(node, wiring, statistics);
  }
}

/** In place of a gradient that nothing needs. */
function nothingLike({ layout, channels }: Tensor): Tensor {
  return { layout, channels, data: new Float64Array(0) };
}
