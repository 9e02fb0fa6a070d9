import type { Block } from '../layer.js';
import type { ImageShape } from './shape.js';

/**
 * One operation of an image network after its shapes are known. `inputs` are the indices of the nodes
 * it reads, all before it; `shape` is what it gives for each image. A dense layer's output and a
 * flattened image have height and width 1.
 */
export type ImageNode =
  | InputNode
  | ConvolutionNode
  | DenseNode
  | PoolNode
  | BatchNormNode
  | (Common & {
      readonly kind: 'relu' | 'global-average-pool' | 'flatten' | 'sum' | 'concatenate';
    });

interface Common {
  readonly inputs: readonly number[];
  readonly shape: ImageShape;
}

export interface InputNode extends Common {
  readonly kind: 'input';
}

export interface ConvolutionNode extends Common {
  readonly kind: 'convolution';
  readonly kernel: number;
  readonly stride: number;
  /** Zeros added on every side. */
  readonly padding: number;
  /** filters × (channels·kernel·kernel), row-major. */
  readonly weights: Block;
  readonly bias: Block | undefined;
}

export interface DenseNode extends Common {
  readonly kind: 'dense';
  /** units × inputs, row-major. */
  readonly weights: Block;
  readonly bias: Block | undefined;
}

export interface PoolNode extends Common {
  readonly kind: 'max-pool' | 'average-pool';
  readonly size: number;
  readonly stride: number;
}

export interface BatchNormNode extends Common {
  readonly kind: 'batch-norm';
  readonly epsilon: number;
  readonly scale: Block;
  readonly shift: Block;
  /** Where its `channels` means, then its variances, begin in the network's vector of statistics. */
  readonly statisticsAt: number;
}
