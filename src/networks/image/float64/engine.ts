import { linearAlgebraName } from '../../../numerics/linear-algebra.js';
import type { BatchEngine } from '../batch-engine.js';
import type { ImageNetwork } from '../image-network.js';
import { sizeOf } from '../shape.js';
import type { Statistics } from './batch-norm.js';
import { loadImages, storeImages } from './flatten.js';
import type { Operation } from './operation.js';
import { operationOf, scratchNeeded } from './operations.js';
import { layoutsOf, memoryOf, type Memory } from './wiring.js';

/** The float64 engine, which can also show what every node gave. */
export interface ImageEngine extends BatchEngine {
  /**
   * Output of node k at the last `outputs`, examples×numbers, a copy. Throws a sentence where a ReLU
   * or a sum has been written over it.
   */
  nodeOutput(k: number): Float64Array;
}

/**
 * An image network in float64 on batches of `examples` images, each of `network.inputs` numbers, channel by
 * channel and row by row: gradients by the chain rule, products by the library for matrix products.
 * Everything is allocated here; afterwards nothing is. Throws where `examples` is not a whole positive
 * number, and when used after `dispose`.
 */
export function imageEngine(network: ImageNetwork, examples: number): ImageEngine {
  if (!Number.isInteger(examples) || examples < 1) {
    throw new Error(`A batch has a whole positive number of images; got ${examples}.`);
  }
  const { name, nodes, parameters } = network;
  const scoresCount = examples * network.outputs;
  const last = nodes.length - 1;
  let bound: Bound | undefined = bind(network, examples);

  function inUse(): Bound {
    if (bound) return bound;
    throw new Error(`The engine of '${name}' has been disposed of.`);
  }

  function requireLength(array: Float64Array, length: number, what: string): void {
    if (array.length === length) return;
    const count = examples === 1 ? '1 image' : `${examples} images`;
    throw new Error(`'${name}' on ${count} takes ${length} ${what}; got ${array.length}.`);
  }

  function outputs(theta: Float64Array): Float64Array {
    const { operations, memory, scores } = inUse();
    requireLength(theta, parameters, 'parameters');
    for (let k = 0; k <= last; k++) operations[k].forward(theta);
    storeImages(memory.values[last], scores);
    return scores;
  }

  function pullback(theta: Float64Array, weights: Float64Array, into: Float64Array): void {
    const { operations, memory } = inUse();
    requireLength(theta, parameters, 'parameters');
    requireLength(weights, scoresCount, 'weights on its scores');
    requireLength(into, parameters, 'numbers of a gradient');
    const { gradients } = memory;
    const top = gradients[last];
    if (top === undefined) return;
    loadImages(top, weights);
    for (let k = last; k > 0; k--) if (gradients[k]) operations[k].backward(theta, into);
  }

  return {
    name: `float64 (${linearAlgebraName()})`,
    network,
    examples,
    load(inputs) {
      const { memory } = inUse();
      requireLength(inputs, examples * network.inputs, 'numbers of images');
      loadImages(memory.values[0], inputs);
    },
    outputs,
    pullback,
    differentiate(theta, weightsOf, into) {
      pullback(theta, weightsOf(outputs(theta)), into);
    },
    statistics: () => inUse().statistics.values.slice(),
    freezeStatistics(fixed) {
      const { statistics } = inUse();
      if (fixed) {
        requireLength(fixed, network.statistics, 'statistics');
        statistics.values.set(fixed);
      }
      statistics.frozen = fixed !== undefined;
    },
    dispose: () => (bound = undefined),
    nodeOutput: (k) => copyOf(network, inUse().memory, k, examples),
  };
}

interface Bound {
  readonly memory: Memory;
  readonly operations: readonly Operation[];
  readonly statistics: Statistics;
  readonly scores: Float64Array;
}

function bind(network: ImageNetwork, examples: number): Bound {
  const layouts = layoutsOf(network, examples);
  const memory = memoryOf(network, layouts, scratchNeeded(network, layouts));
  const statistics: Statistics = { values: new Float64Array(network.statistics), frozen: false };
  return {
    memory,
    statistics,
    operations: network.nodes.map((node, k) => operationOf(node, k, memory, statistics)),
    scores: new Float64Array(examples * network.outputs),
  };
}

function copyOf({ name, nodes }: ImageNetwork, memory: Memory, k: number, examples: number) {
  const writer = memory.overwrittenBy[k];
  if (writer !== k) {
    throw new Error(
      `Node ${k} of '${name}' (${nodes[k].kind}) is overwritten by node ${writer} ` +
        `(${nodes[writer].kind}); ask for the output of that one.`,
    );
  }
  const copy = new Float64Array(examples * sizeOf(nodes[k].shape));
  storeImages(memory.values[k], copy);
  return copy;
}
