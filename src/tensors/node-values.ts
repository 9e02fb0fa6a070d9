import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs';
import {
  sizeOf,
  type BatchNormNode,
  type Block,
  type ConvolutionNode,
  type DenseNode,
  type GraphNode,
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

/** The output of a node of a kind, from those of the nodes that it reads. */
type Value<N> = (node: N, read: readonly Tensor4D[], at: Surroundings) => Tensor4D;

/** Every kind of node that computes something. */
type Computed = Exclude<ImageNode, { readonly kind: 'input' } | GraphNode>;
type Values = { readonly [K in Computed['kind']]: Value<Extract<Computed, { kind: K }>> };

/**
 * The operation of every kind of node on tensors, beside the float64 ones of `src/networks/image/kinds`: the
 * compiler, and a test, ask for the same kinds. They are kept apart because TensorFlow is loaded only
 * where it is used.
 */
const VALUES: Values = {
  convolution: (node, [x], at) => convolution(node, x, at),
  dense: (node, [x], at) => dense(node, x, at),
  'batch-norm': (node, [x], { batchNorm }) => batchNorm(node, x),
  relu: (_node, [x], { relu }) => relu(x),
  'max-pool': ({ size, stride }, [x], { tf }) => tf.maxPool(x, size, stride, 'valid'),
  'average-pool': ({ size, stride }, [x], { tf }) => tf.avgPool(x, size, stride, 'valid'),
  'global-average-pool': (_node, [x], { tf }) => tf.mean(x, [1, 2], true),
  flatten: ({ shape }, [x]) => x.transpose([0, 3, 1, 2]).reshape([x.shape[0], 1, 1, sizeOf(shape)]),
  sum: (_node, [x, y], { tf }) => tf.add(x, y),
  concatenate: (_node, [x, y], { tf }) => tf.concat([x, y], 3),
};

/** The kinds of nodes that have an operation on tensors. */
export const tensorNodeKinds: readonly string[] = Object.keys(VALUES);

/** The output of a node that is not the input, examples×height×width×channels. */
export function valueOf(
  node: ImageNode,
  read: readonly Tensor4D[],
  surroundings: Surroundings,
): Tensor4D {
  const value = VALUES[node.kind as Computed['kind']] as Value<ImageNode> | undefined;
  if (!value) throw new Error(`TensorFlow does not compute nodes of the kind '${node.kind}'; the float64 engine does.`); // prettier-ignore
  return value(node, read, surroundings);
}

/** The shape of a convolution's filters as they are stored: filters×channels×height×width. */
type Stored = [filters: number, channels: number, height: number, width: number];

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
