import { homogeneous } from '../networks/degree.js';
import { isImageNetwork, type ImageNetwork } from '../networks/image/image-network.js';
import { nodeKindOf } from '../networks/image/kinds/index.js';
import type { Block, Layer } from '../networks/layer.js';
import { requireSerial, type Network, type SerialNetwork } from '../networks/serial.js';
import { spectralNorm } from '../numerics/spectral-norm.js';
import { maxAbs, norm } from '../numerics/vectors.js';
import { isWeights, valuesOf } from './layers.js';

/** Logarithm of a size of a block: a matrix of weights, or the scale of a batch norm. */
export type LogSize = (block: Block, theta: Float64Array) => number;

/** log ‖W‖_F. */
export const logFrobenius: LogSize = (block, theta) => Math.log(norm(valuesOf(block, theta)));

/** log ‖W‖_2; a batch norm's scale is a diagonal matrix. */
export const logSpectral: LogSize = (block, theta) => {
  const values = valuesOf(block, theta);
  if (!isWeights(block)) return Math.log(maxAbs(values));
  return Math.log(spectralNorm(block.rows, block.columns, values));
};

/**
 * Logarithm of the product of the sizes of the weights that lie one after the other, taken along the
 * network: it grows with each layer as the scores do. Squaring activations square what precedes them.
 * Branches that are added add their products, channels that are joined add the squares. A batch norm
 * starts again with its scale, since it takes away the size of its input. Biases are left out.
 */
export function logProduct(network: Network, theta: Float64Array, size: LogSize): number {
  if (isImageNetwork(network)) return alongNodes(network, theta, size);
  return alongLayers(requireSerial(network, 'A product of norms'), theta, size);
}

function alongLayers(network: SerialNetwork, theta: Float64Array, size: LogSize): number {
  const { layers, offsets } = network;
  return layers.reduce((before, layer, k) => {
    const own = layer.blocks
      .filter(isWeights)
      .reduce(
        (sum, block) => sum + size({ ...block, offset: offsets[k] + block.offset }, theta),
        0,
      );
    return orderOf(layer) * before + own;
  }, 0);
}

/** How often a layer's output has the size of its input as a factor: 2 for a squared ReLU. */
function orderOf(layer: Layer): number {
  const [one, none] = [layer.degree(homogeneous(1)), layer.degree(homogeneous(0))];
  return one.homogeneous && none.homogeneous ? one.degree - none.degree : 1;
}

function alongNodes({ nodes }: ImageNetwork, theta: Float64Array, size: LogSize): number {
  const along: number[] = [];
  for (const node of nodes) {
    const inputs = node.inputs.map((input) => along[input]);
    const own = nodeKindOf(node).logSize?.(node, inputs, (block) => size(block, theta));
    along.push(own ?? inputs[0]);
  }
  return along[along.length - 1];
}
