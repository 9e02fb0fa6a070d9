import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs';
import {
  sizeOf,
  type BatchNormNode,
  type Block,
  type ConvolutionNode,
  type DenseNode,
  type ImageNetwork,
  type ImageNode,
} from '../networks/index.js';
import type { Operations } from './operations.js';

/** What a node is computed with, besides the nodes that it reads. */
export interface Surroundings {
  readonly tf: Operations;
  /** A block of the parameters, rows×columns. */
  readonly parameter: (block: Block) => Tensor2D;
  readonly relu: (x: Tensor4D) => Tensor4D;
  readonly batchNorm: (node: BatchNormNode, x: Tensor4D) => Tensor4D;
}

/**
 * Scores of a batch, examples×outputs. Images and all that is computed from them are kept channels
 * last, examples×height×width×channels, which is how TensorFlow is fast.
 */
export function scoresOf(
  { nodes, outputs }: ImageNetwork,
  images: Tensor4D,
  surroundings: Surroundings,
): Tensor2D {
  const values: Tensor4D[] = [];
  for (const node of nodes) {
    const read = node.inputs.map((from) => values[from]);
    values.push(node.kind === 'input' ? images : valueOf(node, read, surroundings));
  }
  return values[values.length - 1].reshape([images.shape[0], outputs]);
}

/** The shape of a convolution's filters as they are stored: filters×channels×height×width. */
type Stored = [filters: number, channels: number, height: number, width: number];

function valueOf(
  node: Exclude<ImageNode, { kind: 'input' }>,
  [x, y]: readonly Tensor4D[],
  surroundings: Surroundings,
): Tensor4D {
  const { tf } = surroundings;
  switch (node.kind) {
    case 'convolution':
      return convolution(node, x, surroundings);
    case 'dense':
      return dense(node, x, surroundings);
    case 'batch-norm':
      return surroundings.batchNorm(node, x);
    case 'relu':
      return surroundings.relu(x);
    case 'max-pool':
      return tf.maxPool(x, node.size, node.stride, 'valid');
    case 'average-pool':
      return tf.avgPool(x, node.size, node.stride, 'valid');
    case 'global-average-pool':
      return tf.mean(x, [1, 2], true);
    case 'flatten':
      return x.transpose([0, 3, 1, 2]).reshape([x.shape[0], 1, 1, sizeOf(node.shape)]);
    case 'sum':
      return tf.add(x, y);
    case 'concatenate':
      return tf.concat([x, y], 3);
  }
}

function convolution(
  { kernel, stride, padding, weights, bias }: ConvolutionNode,
  x: Tensor4D,
  { tf, parameter }: Surroundings,
): Tensor4D {
  const stored: Stored = [weights.rows, x.shape[3], kernel, kernel];
  const filters = parameter(weights).reshape<Tensor4D>(stored).transpose<Tensor4D>([2, 3, 1, 0]);
  // TensorFlow's own padding is on every side alike for odd kernels one pixel apart; where it is not,
  // zeros are put there first, because padding by numbers has no gradient.
  const isSame = padding > 0 && stride === 1 && kernel === 2 * padding + 1;
  const sides: [number, number] = [padding, padding];
  const padded = padding > 0 && !isSame ? tf.pad(x, [[0, 0], sides, sides, [0, 0]]) : x;
  const y = tf.conv2d(padded, filters, stride, isSame ? 'same' : 'valid');
  return bias === undefined ? y : tf.add(y, parameter(bias).flatten());
}

function dense(
  { weights, bias, shape }: DenseNode,
  x: Tensor4D,
  { tf, parameter }: Surroundings,
): Tensor4D {
  const [examples] = x.shape;
  const flat = x.reshape<Tensor2D>([examples, weights.columns]);
  const y = tf.matMul(flat, parameter(weights), false, true);
  const shifted = bias === undefined ? y : tf.add(y, parameter(bias).flatten());
  return shifted.reshape([examples, 1, 1, shape.channels]);
}
