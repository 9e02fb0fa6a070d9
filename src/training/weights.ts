import type { NumericArray } from '../datasets/index.js';
import type { ImageNetwork } from '../networks/index.js';

/**
 * θ as named arrays in PyTorch's layouts: filters × channels × rows × columns for convolutions, units ×
 * inputs for dense layers, one number a unit or channel for the rest. The names are those of the blocks
 * with underscores: `convolution_1`, `dense_2_bias`.
 */
export function weightArrays(
  { nodes, blocks }: ImageNetwork,
  theta: Float64Array,
): [string, NumericArray][] {
  const kernels = new Map(
    nodes.flatMap((node) =>
      node.kind === 'convolution' ? [[node.weights.offset, node.kernel] as const] : [],
    ),
  );
  return blocks.map(({ name, rows, columns, offset, initially }) => {
    const kernel = kernels.get(offset);
    const flat = initially === undefined ? [rows, columns] : [rows];
    const shape = kernel === undefined ? flat : [rows, columns / kernel ** 2, kernel, kernel];
    const values = theta.slice(offset, offset + rows * columns);
    return [name.replaceAll(' ', '_'), { shape, values, type: 'float64' }];
  });
}
