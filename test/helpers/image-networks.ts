import { imageNetwork, initialise, parts, type ImageNetwork } from '../../src/networks/index.js';
import { randomStream } from '../../src/numerics/random.js';
import { normals } from './small-networks.js';

const { averagePool, batchNorm, concatenate, convolution, dense, flatten } = parts;
const { globalAveragePool, maxPool, relu, residual } = parts;

export interface ImageCase {
  readonly title: string;
  readonly network: ImageNetwork;
  readonly examples: number;
  readonly inputs: Float64Array;
  readonly theta: Float64Array;
}

const head = [globalAveragePool, dense(3)];
const stem = convolution(5);

/** Every operation and combination, as small as it can be and still be odd. */
const lists: readonly [
  title: string,
  height: number,
  width: number,
  list: readonly parts.Part[],
][] = [
  ['3×3 convolutions', 6, 5, [stem, relu, convolution(4), relu, ...head]],
  ['biases', 5, 5, [convolution(5, { bias: true }), relu, convolution(3, { bias: true }), ...head]],
  [
    '1×1 convolutions',
    4,
    6,
    [convolution(6, { kernel: 1, bias: true }), relu, convolution(4, { kernel: 1 }), ...head],
  ],
  ['5×5 kernels', 7, 6, [stem, relu, convolution(4, { kernel: 5 }), relu, convolution(4), ...head]],
  [
    'even kernels',
    6,
    5,
    [stem, relu, convolution(4, { kernel: 2 }), relu, convolution(2, { kernel: 4 }), ...head],
  ],
  [
    'strides',
    7,
    6,
    [
      convolution(5, { stride: 2 }),
      relu,
      convolution(4, { stride: 2 }),
      relu,
      convolution(4, { kernel: 1, stride: 2 }),
      ...head,
    ],
  ],
  [
    'wide strides',
    8,
    9,
    [
      convolution(5, { kernel: 5, stride: 3 }),
      relu,
      convolution(4, { kernel: 1, stride: 3 }),
      ...head,
    ],
  ],
  [
    'no padding',
    7,
    8,
    [
      convolution(5, { padding: 'valid' }),
      relu,
      convolution(4, { kernel: 5, padding: 'valid' }),
      flatten,
      dense(3),
    ],
  ],
  ['max pools', 7, 8, [stem, maxPool(), relu, convolution(4), maxPool(3, 1), flatten, dense(3)]],
  ['overlapping pools', 7, 7, [stem, relu, maxPool(3, 2), averagePool(2, 1), ...head]],
  ['average pools', 7, 6, [averagePool(2), stem, averagePool(2), relu, convolution(4), ...head]],
  ['dense layers', 2, 3, [flatten, dense(7, { bias: true }), relu, dense(5), relu, dense(3)]],
  ['batch norm', 4, 5, [stem, batchNorm(), relu, convolution(4), batchNorm(1e-3), ...head]],
  [
    'batch norm of dense layers',
    2,
    2,
    [flatten, dense(6), batchNorm(), relu, dense(3, { bias: true })],
  ],
  [
    'identity shortcuts',
    5,
    4,
    [stem, relu, residual([convolution(5), relu, convolution(5)]), relu, ...head],
  ],
  [
    'projected shortcuts',
    6,
    5,
    [
      stem,
      relu,
      residual(
        [convolution(4, { stride: 2 }), batchNorm(), relu, convolution(4)],
        [convolution(4, { kernel: 1, stride: 2 }), batchNorm()],
      ),
      relu,
      ...head,
    ],
  ],
  [
    'shortcuts from sums and to ReLUs',
    4,
    4,
    [
      stem,
      residual([relu, convolution(5)]),
      residual([convolution(5), relu]),
      residual([]),
      ...head,
    ],
  ],
  [
    'concatenations',
    5,
    5,
    [
      stem,
      concatenate([batchNorm(), relu, convolution(3)]),
      concatenate([batchNorm(), relu, convolution(2), relu]),
      batchNorm(),
      relu,
      convolution(4, { kernel: 1 }),
      averagePool(),
      ...head,
    ],
  ],
  [
    'concatenations read again',
    4,
    5,
    [
      stem,
      residual([concatenate([convolution(2)]), relu, convolution(5)]),
      concatenate([]),
      relu,
      residual([concatenate([convolution(3), relu]), convolution(10)], []),
      ...head,
    ],
  ],
  [
    'concatenations with the input',
    4,
    4,
    [concatenate([convolution(3)]), relu, convolution(4), ...head],
  ],
  [
    'ReLUs of everything',
    4,
    4,
    [
      relu,
      stem,
      relu,
      relu,
      maxPool(),
      relu,
      averagePool(2),
      relu,
      flatten,
      relu,
      dense(4),
      relu,
      dense(3),
      relu,
    ],
  ],
  ['images of one pixel', 1, 1, [convolution(4), relu, convolution(4), relu, flatten, dense(3)]],
];

export function imageCases(): ImageCase[] {
  return lists.map(([title, height, width, list]) => {
    const network = imageNetwork(title, { channels: 2, height, width }, list);
    const stream = randomStream(7).split(title);
    const examples = 3;
    const theta = initialise(network, 'he', stream.split('weights'));
    // Biases and normalisations away from where they begin.
    const moves = normals(stream.split('moves'), theta.length);
    for (let k = 0; k < theta.length; k++) theta[k] += 0.2 * moves[k];
    const inputs = normals(stream.split('inputs'), examples * network.inputs);
    return { title, network, examples, inputs, theta };
  });
}
