import { homogeneous, type Degree } from './degree.js';
import type { Block, Layer } from './layer.js';

/** What every description of a network says. */
export interface Network {
  readonly name: string;
  /** Numbers of one example. */
  readonly inputs: number;
  /** Scores of one example. */
  readonly outputs: number;
  /** Length of the flat parameter vector. */
  readonly parameters: number;
  /** Every trained block, with offsets into the flat vector. */
  readonly blocks: readonly Block[];
  /** Degree of homogeneity in the parameters, composed from the parts. */
  readonly degree: Degree;
}

/** A chain of layers, each with its derivatives of first and second order. */
export interface SerialNetwork extends Network {
  readonly layers: readonly Layer[];
  /** Where each layer's parameters begin in the flat vector. */
  readonly offsets: readonly number[];
}

/**
 * The network as a chain of layers. For another, such as one on images, it throws a sentence that begins
 * with `what` needs one.
 */
export function requireSerial(network: Network, what: string): SerialNetwork {
  if ('layers' in network) return network as SerialNetwork;
  throw new Error(`${what} needs a chain of layers, and '${network.name}' is none.`);
}

/**
 * The composition of layers, first to last: its parameters are theirs, one layer after the other, and its
 * degree is composed from theirs. Throws where there are no layers, or neighbouring sizes do not agree.
 */
export function serial(name: string, layers: readonly Layer[]): SerialNetwork {
  if (layers.length === 0) throw new Error(`The network '${name}' has no layers.`);
  const offsets: number[] = [];
  const blocks: Block[] = [];
  let parameters = 0;
  let degree: Degree = homogeneous(0);
  layers.forEach((layer, i) => {
    if (i > 0 && layer.inputs !== layers[i - 1].outputs) {
      throw new Error(
        `Layer ${i + 1} of '${name}' (${layer.kind}) takes ${layer.inputs} numbers, ` +
          `but layer ${i} (${layers[i - 1].kind}) gives ${layers[i - 1].outputs}.`,
      );
    }
    offsets.push(parameters);
    for (const block of layer.blocks) blocks.push({ ...block, offset: parameters + block.offset });
    parameters += layer.parameters;
    degree = layer.degree(degree);
  });
  return {
    name,
    inputs: layers[0].inputs,
    outputs: layers[layers.length - 1].outputs,
    layers,
    offsets,
    parameters,
    blocks,
    degree,
  };
}
