import type { NumericArray } from '../datasets/index.js';
import { slotsOf, type ImageNetwork } from '../networks/index.js';

/**
 * θ as named arrays in PyTorch's layouts: filters × channels × rows × columns for convolutions, units ×
 * inputs for dense layers, one number a unit or channel for the rest. The values are copies. The names are
 * those of the blocks with underscores: `convolution_1`, `dense_2_bias`.
 */
export function weightArrays(network: ImageNetwork, theta: Float64Array): [string, NumericArray][] {
  const own = slotsOf(network).filter(({ into }) => into === 'parameters');
  const shapes = new Map(own.map(({ offset, shape }) => [offset, [...shape]]));
  return network.blocks.map(({ name, rows, columns, offset }) => {
    const shape = shapes.get(offset) ?? [rows, columns];
    const values = theta.slice(offset, offset + rows * columns);
    return [name.replaceAll(' ', '_'), { shape, values, type: 'float64' }];
  });
}
