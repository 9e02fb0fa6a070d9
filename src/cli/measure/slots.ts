import type { Block, ImageNetwork } from '../../networks/index.js';

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

/** Every slot of a network, in the order in which PyTorch lists the arrays of the same layers. */
export function slotsOf({ nodes }: ImageNetwork): Slot[] {
  return nodes.flatMap((node): Slot[] => {
    switch (node.kind) {
      case 'convolution': {
        const { weights, bias, kernel } = node;
        const channels = weights.columns / kernel ** 2;
        const shape = [weights.rows, channels, kernel, kernel];
        return [blockSlot(weights, shape, 'weight'), ...biasSlots(bias)];
      }
      case 'dense': {
        const { weights, bias } = node;
        return [blockSlot(weights, [weights.rows, weights.columns], 'weight'), ...biasSlots(bias)];
      }
      case 'batch-norm': {
        const { scale, shift, statisticsAt } = node;
        const shape = [scale.rows];
        const name = scale.name.replace(/ scale$/, '');
        const into = 'statistics';
        return [
          blockSlot(scale, shape, 'weight'),
          blockSlot(shift, shape, 'bias'),
          { name: `${name} mean`, shape, suffix: 'running_mean', offset: statisticsAt, into },
          {
            name: `${name} variance`,
            shape,
            suffix: 'running_var',
            offset: statisticsAt + scale.rows,
            into,
          },
        ];
      }
      default:
        return [];
    }
  });
}

function biasSlots(bias: Block | undefined): Slot[] {
  return bias ? [blockSlot(bias, [bias.rows], 'bias')] : [];
}

function blockSlot(block: Block, shape: readonly number[], suffix: Slot['suffix']): Slot {
  return { name: block.name, shape, suffix, offset: block.offset, into: 'parameters' };
}
