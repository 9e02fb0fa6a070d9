import type { Tensor1D, Tensor4D } from '@tensorflow/tfjs';
import type { BatchNormNode, ImageNetwork } from '../networks/index.js';
import { fusedBatchNorm, type Moments } from './fused-batch-norm.js';
import type { TensorFlow } from './library.js';
import { operationsOf } from './operations.js';

/** The batch norms of a network, with the statistics that they used last, or are to use. */
export interface BatchNorms {
  readonly statistics: Float64Array;
  /** True: the statistics are given, and no longer those of the batch. */
  frozen: boolean;
  apply(node: BatchNormNode, x: Tensor4D, scale: Tensor1D, shift: Tensor1D): Tensor4D;
}

/** The batch norms of a network on a loaded library; each batch's own statistics at first. */
export function batchNormsOf(network: ImageNetwork, tensorFlow: TensorFlow): BatchNorms {
  const tf = operationsOf(tensorFlow);
  const norm = fusedBatchNorm(tensorFlow);
  const statistics = new Float64Array(network.statistics);
  const batchNorms: BatchNorms = {
    statistics,
    frozen: false,
    apply({ statisticsAt, epsilon, shape }, x, scale, shift) {
      const varianceAt = statisticsAt + shape.channels;
      const record = ({ mean, variance }: Moments) => {
        statistics.set(mean.dataSync(), statisticsAt);
        statistics.set(variance.dataSync(), varianceAt);
      };
      if (!batchNorms.frozen) return norm(x, scale, shift, epsilon, { record });
      const tensor = (from: number) =>
        tf.tensor1d(new Float32Array(statistics.subarray(from, from + shape.channels)));
      const fixed = { mean: tensor(statisticsAt), variance: tensor(varianceAt) };
      return norm(x, scale, shift, epsilon, { fixed });
    },
  };
  return batchNorms;
}
