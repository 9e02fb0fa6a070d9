import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs';
import type { ImageNetwork } from '../networks/index.js';
import { valueOf, type Surroundings } from './node-values.js';

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
    values.push(node.inputs.length === 0 ? images : valueOf(node, read, surroundings));
  }
  return values[values.length - 1].reshape([images.shape[0], outputs]);
}
