import { randomStream } from '../numerics/random.js';

/** Mini-batches of `batch` images in an epoch; the last may be smaller. */
export function batchesPerEpoch(examples: number, batch: number): number {
  return Math.ceil(examples / batch);
}

/**
 * The order of the images in an epoch of a phase (both from 0): a permutation of 0 to examples − 1. It
 * depends on seed, phase and epoch alone, so that a resumed run draws it again.
 */
export function epochOrder(seed: number, phase: number, epoch: number, examples: number): number[] {
  const stream = randomStream(seed).split('training').split('order').split(phase).split(epoch);
  return stream.shuffle(Array.from({ length: examples }, (_, i) => i));
}

/** Mini-batch k of an epoch, from 0, as indices of images; empty beyond the last. */
export function miniBatch(order: readonly number[], batch: number, k: number): number[] {
  return order.slice(k * batch, (k + 1) * batch);
}
