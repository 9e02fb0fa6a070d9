import {
  addBias,
  addBlock,
  addNode,
  numbered,
  requireRoom,
  requireWhole,
  weighted,
  type Draft,
} from '../draft.js';
import { columnsNeeded, gatheredConvolution } from '../float64/gathered-convolution.js';
import { planesNeeded } from '../float64/planes.js';
import { isShifted, padOf, shiftedConvolution } from '../float64/shifted-convolution.js';
import type { ConvolutionNode } from '../nodes.js';
import { windowsAlong } from '../shape.js';
import { weightSlots } from '../slots.js';
import { multiplyAddsOf } from './weights.js';
import type { ImageLayerKind } from './kind.js';

/** Cross-correlation with square kernels; weights are filters × (channels·kernel·kernel). */
export interface ConvolutionPart {
  readonly kind: 'convolution';
  readonly filters: number;
  readonly kernel: number;
  readonly stride: number;
  /** `same`: ⌊(kernel − 1)/2⌋ zeros on every side; `valid`: none. */
  readonly padding: 'same' | 'valid';
  readonly bias: boolean;
}

/**
 * A convolution with `filters` outputs for each place. Left out: kernel 3, stride 1, padding `same`, no
 * bias. Its sizes are checked where a network is made of it.
 */
export function convolution(
  filters: number,
  options: Partial<Omit<ConvolutionPart, 'kind' | 'filters'>> = {},
): ConvolutionPart {
  const { kernel = 3, stride = 1, padding = 'same', bias = false } = options;
  return { kind: 'convolution', filters, kernel, stride, padding, bias };
}

function addConvolution(draft: Draft, part: ConvolutionPart, from: number): number {
  const { filters, kernel, stride, bias: biased } = part;
  const { shape } = draft.nodes[from];
  const name = numbered(draft, 'convolution');
  requireWhole(draft, name, 'filters', filters, 1);
  requireWhole(draft, name, 'kernel', kernel, 1);
  requireWhole(draft, name, 'stride', stride, 1);
  const padding = part.padding === 'same' ? Math.floor((kernel - 1) / 2) : 0;
  const height = windowsAlong(shape.height, kernel, stride, padding);
  const width = windowsAlong(shape.width, kernel, stride, padding);
  requireRoom(draft, name, shape, height, width);
  const columns = shape.channels * kernel * kernel;
  const weights = addBlock(draft, { name, rows: filters, columns });
  const bias = biased ? addBias(draft, name, filters) : undefined;
  const node: ConvolutionNode = {
    kind: 'convolution',
    inputs: [from],
    kernel,
    stride,
    padding,
    weights,
    bias,
    shape: { channels: filters, height, width },
  };
  return addNode(draft, node, weighted(draft.degrees[from], biased, name));
}

/** Convolution, for every engine and count. */
export const convolutionKind: ImageLayerKind<ConvolutionPart, ConvolutionNode> = {
  part: 'convolution',
  node: 'convolution',
  format: {
    filters: { takes: 'whole' },
    kernel: { takes: 'whole', default: 3 },
    stride: { takes: 'whole', default: 1 },
    padding: {
      takes: ['same', 'valid'],
      default: 'same',
      says: '`same`: ⌊(kernel − 1)/2⌋ zeros on every side; `valid`: none.',
    },
    bias: { takes: 'flag', default: false },
  },
  add: addConvolution,
  operation: (node, { wiring, scratch }) =>
    isShifted(node)
      ? shiftedConvolution(node, wiring, scratch)
      : gatheredConvolution(node, wiring, scratch),
  memory: 'own',
  forgotten: true,
  addsDegree: 1,
  pad: (node) => (isShifted(node) ? padOf(node) : 0),
  scratch: (node, channels, layout) =>
    isShifted(node)
      ? planesNeeded(node, channels, layout)
      : columnsNeeded(node.weights.columns, layout.image, layout.examples),
  slots({ weights, bias, kernel }) {
    const channels = weights.columns / kernel ** 2;
    return weightSlots(weights, [weights.rows, channels, kernel, kernel], bias);
  },
  multiplyAdds: multiplyAddsOf,
  logSize: ({ weights }, [input], sizeOf) => input + sizeOf(weights),
};
