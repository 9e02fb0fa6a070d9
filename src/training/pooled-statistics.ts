import { nodeKindOf, type ImageNode } from '../networks/index.js';

/** Takes in the statistics of one batch after another. */
export interface PooledStatistics {
  /** The statistics of a batch of that many images, in the order of `BatchEngine.statistics`. */
  add(statistics: Float64Array, batch: number): void;
  /** Those of all batches so far together. */
  result(): Float64Array;
}

/**
 * Means and variances of several batches taken together, from those of each: the mean of the means, and the
 * mean variance plus the variance of the means, batches counting by their images. `size` is the length of a
 * network's vector of statistics, `nodes` say where in it the batch norms have theirs.
 */
export function pooledStatistics(size: number, nodes: readonly ImageNode[]): PooledStatistics {
  const pooled = new Float64Array(size);
  const spans = nodes.flatMap((node) => nodeKindOf(node).statistics?.(node) ?? []);
  let images = 0;
  return {
    add(statistics, batch) {
      images += batch;
      const share = batch / images;
      for (const { at, channels } of spans) {
        for (let mean = at; mean < at + channels; mean++) {
          // Deviations from the mean so far, which lose no digits to a large mean.
          const deviation = statistics[mean] - pooled[mean];
          const variance = mean + channels;
          pooled[variance] +=
            share * (statistics[variance] - pooled[variance] + (1 - share) * deviation ** 2);
          pooled[mean] += share * deviation;
        }
      }
    },
    result: () => pooled.slice(),
  };
}
