import { imageNetwork, type ImageNetwork } from './image-network.js';
import {
  averagePool,
  batchNorm,
  concatenate,
  convolution,
  dense,
  flatten,
  globalAveragePool,
  maxPool,
  relu,
  residual,
  type Part,
} from './parts.js';
import type { AlexNetForm, DenseNetForm, ResNetForm } from './preset-forms.js';
import { shapeText } from './shape.js';

/** What a residual or densely connected network has besides its weights. */
export interface NormalisationOptions {
  /** A bias in the dense layer, and in convolutions if there is no batch norm. Default true. */
  readonly bias?: boolean;
  /** Default true. */
  readonly batchNorm?: boolean;
}

/**
 * AlexNet (Krizhevsky et al. 2012) without biases, after which it is homogeneous, as Ji & Telgarsky 2020
 * (arXiv 2006.06657) use it: its degree is its number of layers with weights, 8 in both forms that come
 * with the kit. ReLUs between them, and max pools of 2×2 where the form says so. Throws as `imageNetwork`
 * does.
 */
export function hAlexNet(form: AlexNetForm): ImageNetwork {
  const { image, classes, convolutions, hidden } = form;
  const name = `H-AlexNet ${shapeText(image)}, ${convolutions.map(({ filters }) => filters).join('–')}`;
  return imageNetwork(name, image, [
    ...convolutions.flatMap(({ filters, kernel, pool }): Part[] => [
      convolution(filters, { kernel }),
      relu,
      ...(pool ? [maxPool()] : []),
    ]),
    flatten,
    ...hidden.flatMap((units) => [dense(units), relu]),
    dense(classes),
  ]);
}

/**
 * A residual network of basic blocks, after He et al. (2015): convolution, batch norm, ReLU, twice, and
 * the shortcut before the last ReLU; where a stage begins with another shape, the shortcut is a 1×1
 * convolution with batch norm. Homogeneous in no variant: a block adds two degrees and its shortcut
 * none, or one.
 */
export function resNet(form: ResNetForm, options: NormalisationOptions = {}): ImageNetwork {
  const { image, classes, firstStride, widths, blocks } = form;
  const { bias = true, batchNorm: normalised = true } = options;
  const layer = (filters: number, kernel: number, stride: number): Part[] => [
    convolution(filters, { kernel, stride, bias: bias && !normalised }),
    ...normalise(normalised),
  ];
  const parts: Part[] = [...layer(widths[0], 3, firstStride), relu];
  let channels = widths[0];
  widths.forEach((filters, stage) => {
    for (let block = 0; block < blocks; block++) {
      const stride = stage > 0 && block === 0 ? 2 : 1;
      const branch = [...layer(filters, 3, stride), relu, ...layer(filters, 3, 1)];
      const projected = stride > 1 || filters !== channels;
      parts.push(residual(branch, projected ? layer(filters, 1, stride) : []), relu);
      channels = filters;
    }
  });
  const depth = 2 * blocks * widths.length + 2;
  const name = `ResNet-${depth} ${shapeText(image)}, ${widths.join('–')}`;
  const head = [globalAveragePool, dense(classes, { bias })];
  return imageNetwork(named(name, options), image, [...parts, ...head]);
}

/**
 * A densely connected network with bottlenecks and compression, after Huang et al. (2017): each layer,
 * in the order batch norm, ReLU, convolution, adds `growth` channels to all those before it.
 * Homogeneous in no variant: a concatenation joins different degrees.
 */
export function denseNet(form: DenseNetForm, options: NormalisationOptions = {}): ImageNetwork {
  const { image, classes, firstStride, growth, layers, compression } = form;
  const { bias = true, batchNorm: normalised = true } = options;
  const layer = (filters: number, kernel: number): Part[] => [
    ...normalise(normalised),
    relu,
    convolution(filters, { kernel, bias: bias && !normalised }),
  ];
  let channels = 2 * growth;
  const first = { stride: firstStride, bias: bias && !normalised };
  const parts: Part[] = [convolution(channels, first)];
  layers.forEach((count, block) => {
    for (let k = 0; k < count; k++) {
      parts.push(concatenate([...layer(4 * growth, 1), ...layer(growth, 3)]));
    }
    channels += count * growth;
    if (block === layers.length - 1) return;
    channels = Math.floor(compression * channels);
    parts.push(...layer(channels, 1), averagePool());
  });
  const depth = 2 * layers.reduce((sum, count) => sum + count, 0) + layers.length + 1;
  const name = `DenseNet-BC-${depth} ${shapeText(image)}, growth ${growth}`;
  const head = [...normalise(normalised), relu, globalAveragePool, dense(classes, { bias })];
  return imageNetwork(named(name, options), image, [...parts, ...head]);
}

function normalise(wanted: boolean): Part[] {
  return wanted ? [batchNorm()] : [];
}

function named(name: string, { bias = true, batchNorm = true }: NormalisationOptions): string {
  const without = [...(bias ? [] : ['biases']), ...(batchNorm ? [] : ['batch norm'])];
  return without.length === 0 ? name : `${name}, without ${without.join(' and ')}`;
}
