import type {
  ConvolutionNode,
  ImageNetwork,
  ImageNode,
  PoolNode,
} from '../../src/networks/index.js';

/** Numbers of a whole batch, by image, channel, row and column. */
type Images = number[][][][];

/**
 * Scores of an image network, examples×outputs, by the definitions and nothing else; normalised over
 * the batch.
 */
export function naiveScores(
  network: ImageNetwork,
  theta: Float64Array,
  inputs: Float64Array,
): Float64Array {
  const values: Images[] = [];
  for (const node of network.nodes) {
    const given = node.inputs.map((input) => values[input]);
    values.push(valueOf(node, network, theta, inputs, given));
  }
  return Float64Array.from(values[values.length - 1].flat(3));
}

function valueOf(
  node: ImageNode,
  network: ImageNetwork,
  theta: Float64Array,
  inputs: Float64Array,
  [x, other]: Images[],
): Images {
  const { channels, height, width } = node.shape;
  const make = (examples: number, value: (i: number, c: number, y: number, k: number) => number) =>
    grid(examples, (i) =>
      grid(channels, (c) => grid(height, (y) => grid(width, (k) => value(i, c, y, k)))),
    );
  switch (node.kind) {
    case 'input': {
      const size = network.inputs;
      return make(inputs.length / size, (i, c, y, k) => {
        return inputs[i * size + (c * height + y) * width + k];
      });
    }
    case 'convolution':
      return make(x.length, (i, c, y, k) => windowProduct(node, theta, x[i], c, y, k));
    case 'dense':
      return make(x.length, (i, c) => {
        const { offset, columns } = node.weights;
        const products = x[i].map((value, j) => value[0][0] * theta[offset + c * columns + j]);
        return sum(products) + (node.bias ? theta[node.bias.offset + c] : 0);
      });
    case 'relu':
      return make(x.length, (i, c, y, k) => Math.max(x[i][c][y][k], 0));
    case 'max-pool':
      return make(x.length, (i, c, y, k) => Math.max(...window(node, x[i][c], y, k)));
    case 'average-pool':
      return make(x.length, (i, c, y, k) => mean(window(node, x[i][c], y, k)));
    case 'global-average-pool':
      return make(x.length, (i, c) => mean(x[i][c].flat()));
    case 'flatten':
      return make(x.length, (i, c) => x[i].flat(2)[c]);
    case 'sum':
      return make(x.length, (i, c, y, k) => x[i][c][y][k] + other[i][c][y][k]);
    case 'concatenate':
      return x.map((image, i) => [...image, ...other[i]]);
    case 'batch-norm': {
      const moments = grid(channels, (c) => {
        const all = x.flatMap((image) => image[c].flat());
        const centre = mean(all);
        return [centre, mean(all.map((value) => (value - centre) ** 2))];
      });
      return make(x.length, (i, c, y, k) => {
        const [centre, variance] = moments[c];
        const normal = (x[i][c][y][k] - centre) / Math.sqrt(variance + node.epsilon);
        return normal * theta[node.scale.offset + c] + theta[node.shift.offset + c];
      });
    }
    default:
      throw new Error(`'${node.kind}' is no part of a description.`);
  }
}

function windowProduct(
  { kernel, stride, padding, weights, bias }: ConvolutionNode,
  theta: Float64Array,
  image: number[][][],
  filter: number,
  y: number,
  k: number,
): number {
  let total = bias ? theta[bias.offset + filter] : 0;
  image.forEach((channel, c) => {
    for (let v = 0; v < kernel; v++) {
      for (let u = 0; u < kernel; u++) {
        const pixel = channel[y * stride + v - padding]?.[k * stride + u - padding] ?? 0;
        const at = weights.offset + filter * weights.columns + (c * kernel + v) * kernel + u;
        total += pixel * theta[at];
      }
    }
  });
  return total;
}

function window({ size, stride }: PoolNode, channel: number[][], y: number, k: number): number[] {
  const rows = channel.slice(y * stride, y * stride + size);
  return rows.flatMap((row) => row.slice(k * stride, k * stride + size));
}

function grid<T>(count: number, value: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => value(index));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}
