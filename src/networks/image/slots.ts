import type { Block } from '../layer.js';

/** A place of a network that an array of weights fills. */
export interface Slot {
  /** 'convolution 1', 'dense 2 bias', 'batch norm 3 mean'. */
  readonly name: string;
  /** As PyTorch has it: filters×channels×k×k, units×inputs, or one number for each channel. */
  readonly shape: readonly number[];
  /** The last part of the name that PyTorch gives such an array. */
  readonly suffix: 'weight' | 'bias' | 'running_mean' | 'running_var';
  /** Where it begins, in the parameters or in the statistics. */
  readonly offset: number;
  readonly into: 'parameters' | 'statistics';
}

/** The slots of weights of a shape, and of a bias where there is one. */
export function weightSlots(
  weights: Block,
  shape: readonly number[],
  bias: Block | undefined,
): Slot[] {
  const own = blockSlot(weights, shape, 'weight');
  return bias ? [own, blockSlot(bias, [bias.rows], 'bias')] : [own];
}

/** The slot of one block of parameters. */
export function blockSlot(block: Block, shape: readonly number[], suffix: Slot['suffix']): Slot {
  return { name: block.name, shape, suffix, offset: block.offset, into: 'parameters' };
}
