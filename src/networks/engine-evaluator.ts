import type { Evaluator } from './evaluator-interface.js';
import type { BatchEngine } from './image/batch-engine.js';
import { imageEngine } from './image/float64/engine.js';
import type { ImageNetwork } from './image/image-network.js';

/** What an evaluator can do besides what its engine does. */
export interface EngineAbilities {
  /** Output of node k at the last `outputs`, examples×numbers. */
  readonly nodeOutput?: (k: number) => Float64Array;
  /**
   * An engine of one example, and the inputs of all. Jacobians are then computed example by example,
   * which is right only where examples do not act on each other: without batch norm, or with its
   * statistics frozen in both engines.
   */
  readonly single?: { readonly engine: BatchEngine; readonly inputs: Float64Array };
}

/**
 * An evaluator on top of an engine whose batch is in place, so that an `objective` can be had with any
 * engine. It has no second derivatives, and knows of its nodes what the abilities say; asked for the rest
 * it throws a sentence.
 */
export function evaluatorOf(engine: BatchEngine, abilities: EngineAbilities = {}): Evaluator {
  const { network, examples } = engine;
  const { nodeOutput, single } = abilities;
  return {
    network,
    examples,
    outputs: engine.outputs,
    pullback: engine.pullback,
    differentiate: engine.differentiate,
    jacobian: (theta, into) =>
      single
        ? jacobianByExamples(single.engine, single.inputs, theta, into)
        : jacobianByRows(engine, theta, into, 0),
    curvature: () => unable(network, 'has no second derivatives'),
    curvatureAlong: () => unable(network, 'has no second derivatives'),
    layerOutput: nodeOutput ?? (() => unable(network, 'does not show the outputs of its nodes')),
    layerGradient: () => unable(network, 'does not keep the gradients of its nodes'),
  };
}

/**
 * The float64 engine on the given images, as an evaluator. With `statistics` its batch norms use
 * those, and else those of the whole batch. Throws where the inputs are no whole number of images.
 */
export function imageEvaluator(
  network: ImageNetwork,
  inputs: Float64Array,
  statistics?: Float64Array,
): Evaluator {
  const examples = inputs.length / network.inputs;
  if (!Number.isInteger(examples) || examples === 0) {
    throw new Error(
      `The network '${network.name}' takes images of ${network.inputs} numbers; ` +
        `got ${inputs.length} numbers, which is not a whole number of images.`,
    );
  }
  const engineFor = (count: number) => {
    const engine = imageEngine(network, count);
    engine.freezeStatistics(statistics);
    return engine;
  };
  const engine = engineFor(examples);
  engine.load(inputs);
  const separate = network.statistics === 0 || statistics !== undefined;
  if (!separate) return evaluatorOf(engine, engine);
  let one: BatchEngine | undefined;
  const single = {
    get engine() {
      return (one ??= engineFor(1));
    },
    inputs,
  };
  return evaluatorOf(engine, { nodeOutput: engine.nodeOutput, single });
}

function jacobianByExamples(
  engine: BatchEngine,
  inputs: Float64Array,
  theta: Float64Array,
  into: Float64Array,
): void {
  const { inputs: size, outputs, parameters } = engine.network;
  for (let i = 0; i < inputs.length / size; i++) {
    engine.load(inputs.subarray(i * size, (i + 1) * size));
    engine.outputs(theta);
    jacobianByRows(engine, theta, into, i * outputs * parameters);
  }
}

/** into[at…] ← one row for each score of the engine's batch. */
function jacobianByRows(
  { network, examples, pullback }: BatchEngine,
  theta: Float64Array,
  into: Float64Array,
  at: number,
): void {
  const { outputs, parameters } = network;
  const weights = new Float64Array(examples * outputs);
  for (let r = 0; r < weights.length; r++) {
    weights[r] = 1;
    const from = at + r * parameters;
    pullback(theta, weights, into.subarray(from, from + parameters));
    weights[r] = 0;
  }
}

function unable(network: { readonly name: string }, what: string): never {
  throw new Error(`The image network '${network.name}' ${what}.`);
}
