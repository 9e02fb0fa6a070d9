import type { DenseNetworkEntry } from './network.js';

/** One score for two classes, else one for each. */
export function outputsOf(classes: number): number {
  return classes === 2 ? 1 : classes;
}

/** A network that leaves out how many inputs it takes has those of the data. */
export function withInputs(network: DenseNetworkEntry, dimension: number): DenseNetworkEntry {
  const { kind, inputs, ...rest } = network;
  if (kind === 'deep' || inputs !== undefined) return network;
  return { kind, inputs: dimension, ...rest } as DenseNetworkEntry;
}
