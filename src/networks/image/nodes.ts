import type { Block } from '../layer.js';
import type { ImageShape } from './shape.js';

/**
 * One operation of an image network after its shapes are known. `inputs` are the indices of the nodes
 * it reads, all before it; `shape` is what it gives for each image. A dense layer's output and a
 * flattened image have height and width 1. Each kind of layer says what else its nodes have.
 */
export interface AnyNode {
  readonly kind: string;
  readonly inputs: readonly number[];
  readonly shape: ImageShape;
  /** True where a later node has the same parameters: its share of their gradient is added to that one's. */
  readonly adds?: boolean;
}

/** A node with nothing else. */
export interface PlainNode<K extends string> extends AnyNode {
  readonly kind: K;
}

/** Where the images come in. */
export type InputNode = PlainNode<'input'>;

/** A cross-correlation with square kernels. */
export interface ConvolutionNode extends AnyNode {
  readonly kind: 'convolution';
  readonly kernel: number;
  readonly stride: number;
  /** Zeros added on every side. */
  readonly padding: number;
  /** filters × (channels·kernel·kernel), row-major. */
  readonly weights: Block;
  readonly bias: Block | undefined;
}

/** Every output from every input. */
export interface DenseNode extends AnyNode {
  readonly kind: 'dense';
  /** units × inputs, row-major. */
  readonly weights: Block;
  readonly bias: Block | undefined;
}

/** Windows of size×size, `stride` apart, each made one number. */
export interface PoolNode<K extends string = 'max-pool' | 'average-pool'> extends AnyNode {
  readonly kind: K;
  readonly size: number;
  readonly stride: number;
}

/** A normalisation of each channel; scale and shift hold one number for each. */
export interface BatchNormNode extends AnyNode {
  readonly kind: 'batch-norm';
  readonly epsilon: number;
  readonly scale: Block;
  readonly shift: Block;
  /** Where its `channels` means, then its variances, begin in the network's vector of statistics. */
  readonly statisticsAt: number;
}
