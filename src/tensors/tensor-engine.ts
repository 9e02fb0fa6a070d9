import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs';
import type { BatchEngine, BatchNormNode, Block, ImageNetwork } from '../networks/index.js';
import { fusedBatchNorm, type Moments } from './fused-batch-norm.js';
import { scoresOf } from './graph.js';
import type { Operations, TensorFlow } from './library.js';

/** Weights are scaled where the largest lies outside of this range and its inverse. */
const ample = 2 ** 30;

/**
 * An image network on TensorFlow, for batches of `examples` images. It computes in float32 with
 * float64 on the outside: parameters are rounded on their way in, scores and gradients are exact copies
 * of what TensorFlow gave. Weights are brought near one first, so that none is lost for being below the
 * range of float32 with all the others. All tensors but the batch live for one call.
 */
export function tensorEngine(
  network: ImageNetwork,
  examples: number,
  tensorFlow: TensorFlow,
): BatchEngine {
  if (!Number.isInteger(examples) || examples < 1) {
    throw new Error(`A batch has a whole positive number of images; got ${examples}.`);
  }
  const tf = tensorFlow.operations;
  const upload = uploader(tf, network);
  const scores = new Float64Array(examples * network.outputs);
  const statistics = new Float64Array(network.statistics);
  let images: Tensor4D | undefined;
  let frozen: Float64Array | undefined;
  let isDisposed = false;

  function requireLength(array: Float64Array, length: number, what: string): void {
    if (isDisposed) throw new Error(`The engine of '${network.name}' has been disposed of.`);
    if (array.length === length) return;
    const count = examples === 1 ? '1 image' : `${examples} images`;
    throw new Error(`'${network.name}' on ${count} takes ${length} ${what}; got ${array.length}.`);
  }

  function parametersAt(theta: Float64Array): Tensor2D[] {
    requireLength(theta, network.parameters, 'parameters');
    return upload(theta);
  }

  function forward(parameters: readonly Tensor[]): Tensor2D {
    if (images === undefined) throw new Error(`'${network.name}' has no batch yet: load one.`);
    const byPlace = new Map(network.blocks.map(({ offset }, i) => [offset, parameters[i]]));
    const parameter = ({ offset }: Block) => byPlace.get(offset) as Tensor2D;
    const batchNorm = (
      { statisticsAt, epsilon, scale, shift, shape }: BatchNormNode,
      x: Tensor4D,
    ) => {
      const varianceAt = statisticsAt + shape.channels;
      const ends = varianceAt + shape.channels;
      const record = ({ mean, variance }: Moments) => {
        statistics.set(mean.dataSync(), statisticsAt);
        statistics.set(variance.dataSync(), varianceAt);
      };
      const fixed = frozen && {
        mean: tf.tensor1d(new Float32Array(frozen.subarray(statisticsAt, varianceAt))),
        variance: tf.tensor1d(new Float32Array(frozen.subarray(varianceAt, ends))),
      };
      const norm = fusedBatchNorm(tensorFlow, record);
      return norm(x, parameter(scale).flatten(), parameter(shift).flatten(), epsilon, fixed);
    };
    return scoresOf(network, images, { tf, parameter, batchNorm });
  }

  function outputs(theta: Float64Array): Float64Array {
    scores.set(tf.tidy(() => forward(parametersAt(theta)).dataSync()));
    return scores;
  }

  function differentiate(
    theta: Float64Array,
    weightsOf: (scores: Float64Array) => Float64Array,
    into: Float64Array,
  ): void {
    requireLength(into, network.parameters, 'numbers of a gradient');
    tf.tidy(() => {
      let unit = 1;
      // A node of value zero, in which the caller's weights take the place of its gradient.
      const handOver = tf.customGrad((given) => {
        scores.set((given as Tensor2D).dataSync());
        const weights = weightsOf(scores);
        requireLength(weights, scores.length, 'weights on its scores');
        unit = unitOf(weights);
        const rounded = Float32Array.from(weights, (weight) => weight / unit);
        const gradFunc = () => tf.tensor2d(rounded, [examples, network.outputs]);
        return { value: tf.scalar(0), gradFunc };
      });
      const gradients = tf.grads((...parameters) => handOver(forward(parameters)));
      gradients(parametersAt(theta)).forEach((gradient, i) =>
        into.set(gradient.dataSync(), network.blocks[i].offset),
      );
      if (unit !== 1) for (let i = 0; i < into.length; i++) into[i] *= unit;
    });
  }

  return {
    name: `float32 (TensorFlow ${tensorFlow.version})`,
    network,
    examples,
    load(inputs) {
      requireLength(inputs, examples * network.inputs, 'numbers of images');
      const { channels, height, width } = network.image;
      images?.dispose();
      images = tf.tidy(() =>
        tf
          .tensor4d(new Float32Array(inputs), [examples, channels, height, width])
          .transpose([0, 2, 3, 1]),
      );
    },
    outputs,
    pullback: (theta, weights, into) => differentiate(theta, () => weights, into),
    differentiate,
    statistics: () => statistics.slice(),
    freezeStatistics(given) {
      if (given !== undefined) {
        requireLength(given, network.statistics, 'statistics');
        statistics.set(given);
      }
      frozen = given?.slice();
    },
    dispose() {
      images?.dispose();
      isDisposed = true;
    },
  };
}

/**
 * What makes every block of the parameters a tensor of rows×columns, in the order of `blocks`. Their
 * numbers lie in one buffer that the next call overwrites, so they may not outlive the step.
 */
function uploader(tf: Operations, network: ImageNetwork): (theta: Float64Array) => Tensor2D[] {
  const rounded = new Float32Array(network.parameters);
  return (theta) => {
    rounded.set(theta);
    return network.blocks.map(({ offset, rows, columns }) =>
      tf.tensor2d(rounded.subarray(offset, offset + rows * columns), [rows, columns]),
    );
  };
}

/** A power of two near the largest weight where that is far from one; otherwise one. */
function unitOf(weights: Float64Array): number {
  let largest = 0;
  for (const weight of weights) largest = Math.max(largest, Math.abs(weight));
  const isPlain = largest > 1 / ample && largest < ample;
  if (isPlain || largest === 0 || !Number.isFinite(largest)) return 1;
  return 2 ** Math.floor(Math.log2(largest));
}
