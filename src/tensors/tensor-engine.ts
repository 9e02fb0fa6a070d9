import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs';
import type { BatchEngine, BatchNormNode, Block, ImageNetwork } from '../networks/index.js';
import { batchNormsOf } from './batch-norms.js';
import { fusedRelu } from './fused-relu.js';
import { scoresOf } from './graph.js';
import type { TensorFlow } from './library.js';
import { operationsOf, type Operations } from './operations.js';
import { roundWeights, type RoundedWeights } from './rounded-weights.js';

/**
 * An image network on TensorFlow, for batches of `examples` images. It computes in float32 with
 * float64 on the outside: parameters are rounded on their way in, scores and gradients are copies of
 * what TensorFlow gave. Weights are brought near one first, so that none is lost for being below the
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
  const tf = operationsOf(tensorFlow);
  const upload = uploader(tf, network);
  const scores = new Float64Array(examples * network.outputs);
  const batchNorms = batchNormsOf(network, tensorFlow);
  const relu = fusedRelu(tensorFlow);
  let images: Tensor4D | undefined;
  let isDisposed = false;

  function requireLength(array: Float64Array, length: number, what: string): void {
    if (isDisposed) throw new Error(`The engine of '${network.name}' has been disposed of.`);
    if (array.length === length) return;
    const count = examples === 1 ? '1 image' : `${examples} images`;
    throw new Error(`'${network.name}' on ${count} takes ${length} ${what}; got ${array.length}.`);
  }

  function batchFor(theta: Float64Array): Tensor4D {
    requireLength(theta, network.parameters, 'parameters');
    if (images === undefined) throw new Error(`'${network.name}' has no batch yet: load one.`);
    return images;
  }

  function forward(batch: Tensor4D, parameters: readonly Tensor[]): Tensor2D {
    const byPlace = new Map(network.blocks.map(({ offset }, i) => [offset, parameters[i]]));
    const parameter = ({ offset }: Block) => byPlace.get(offset) as Tensor2D;
    const batchNorm = (node: BatchNormNode, x: Tensor4D) =>
      batchNorms.apply(node, x, parameter(node.scale).flatten(), parameter(node.shift).flatten());
    return scoresOf(network, batch, { tf, parameter, relu, batchNorm });
  }

  function outputs(theta: Float64Array): Float64Array {
    const batch = batchFor(theta);
    scores.set(tf.tidy(() => forward(batch, upload(theta)).dataSync()));
    return scores;
  }

  function differentiate(
    theta: Float64Array,
    weightsOf: (scores: Float64Array) => Float64Array,
    into: Float64Array,
  ): void {
    const batch = batchFor(theta);
    requireLength(into, network.parameters, 'numbers of a gradient');
    let weights: RoundedWeights | undefined;
    tf.tidy(() => {
      // A node of value zero, in which the caller's weights take the place of its gradient.
      const handOver = tf.customGrad((given) => {
        scores.set((given as Tensor2D).dataSync());
        const { values } = (weights = roundWeights(scores.length, () => {
          const asked = weightsOf(scores);
          requireLength(asked, scores.length, 'weights on its scores');
          return asked;
        }));
        const gradFunc = () => tf.tensor2d(values, [examples, network.outputs]);
        return { value: tf.scalar(0), gradFunc };
      });
      const gradients = tf.grads((...parameters) => handOver(forward(batch, parameters)));
      gradients(upload(theta)).forEach((gradient, i) =>
        into.set(gradient.dataSync(), network.blocks[i].offset),
      );
    });
    weights?.scaleBack(into);
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
    statistics: () => batchNorms.statistics.slice(),
    freezeStatistics(fixed) {
      if (fixed !== undefined) {
        requireLength(fixed, network.statistics, 'statistics');
        batchNorms.statistics.set(fixed);
      }
      batchNorms.frozen = fixed !== undefined;
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
