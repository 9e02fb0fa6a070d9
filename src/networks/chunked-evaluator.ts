import type { Evaluator } from './evaluator-interface.js';
import type { BatchEngine } from './image/batch-engine.js';

/**
 * An evaluator of any number of images on an engine whose batch is smaller: images go through it chunk
 * by chunk, forwards again for every gradient, and chunks without weights are left out. That is right
 * only where examples do not act on each other, without batch norm or with its statistics frozen. It
 * has Jacobians, but no second derivatives. `onChunk` is told how many images are done. Throws a sentence
 * where the inputs are no whole number of images.
 */
export function chunkedEvaluator(
  engine: BatchEngine,
  inputs: Float64Array,
  onChunk: (done: number) => void = () => {},
): Evaluator {
  const { network, examples: size } = engine;
  const { outputs: width, parameters } = network;
  const examples = inputs.length / network.inputs;
  if (!Number.isInteger(examples) || examples === 0) {
    throw new Error(
      `'${network.name}' takes images of ${network.inputs} numbers; ` +
        `got ${inputs.length} numbers, which is not a whole number of images.`,
    );
  }
  const batch = new Float64Array(size * network.inputs);
  const chunkWeights = new Float64Array(size * width);
  const part = new Float64Array(parameters);
  const scores = new Float64Array(examples * width);

  /** Calls `act` with the place of each chunk; the last one is filled up with images of zeros. */
  function overChunks(act: (first: number, count: number) => void, wanted = (_: number) => true) {
    for (let first = 0; first < examples; first += size) {
      if (!wanted(first)) continue;
      const count = Math.min(size, examples - first);
      batch.fill(0);
      batch.set(inputs.subarray(first * network.inputs, (first + count) * network.inputs));
      engine.load(batch);
      act(first, count);
      onChunk(first + count);
    }
  }

  function outputs(theta: Float64Array): Float64Array {
    overChunks((first, count) => {
      const found = engine.outputs(theta);
      scores.set(found.subarray(0, count * width), first * width);
    });
    return scores;
  }

  function pullback(theta: Float64Array, weights: Float64Array, into: Float64Array): void {
    into.fill(0);
    const own = (first: number) => weights.subarray(first * width, (first + size) * width);
    const wanted = (first: number) => own(first).some((weight) => weight !== 0);
    overChunks((first) => {
      chunkWeights.fill(0);
      chunkWeights.set(own(first));
      engine.outputs(theta);
      engine.pullback(theta, chunkWeights, part);
      for (let i = 0; i < parameters; i++) into[i] += part[i];
    }, wanted);
  }

  return {
    network,
    examples,
    outputs,
    pullback,
    differentiate: (theta, weightsOf, into) => pullback(theta, weightsOf(outputs(theta)), into),
    jacobian(theta, into) {
      const weights = new Float64Array(scores.length);
      for (let r = 0; r < weights.length; r++) {
        weights[r] = 1;
        pullback(theta, weights, into.subarray(r * parameters, (r + 1) * parameters));
        weights[r] = 0;
      }
    },
    curvature: () => unable('has no second derivatives'),
    curvatureAlong: () => unable('has no second derivatives'),
    layerOutput: () => unable('does not show the outputs of its nodes'),
    layerGradient: () => unable('does not keep the gradients of its nodes'),
  };

  function unable(what: string): never {
    throw new Error(`The image network '${network.name}' ${what}.`);
  }
}
