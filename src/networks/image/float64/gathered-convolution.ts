import { sizeOf } from '../shape.js';
import type { ConvolutionNode } from '../nodes.js';
import { gather, scatter } from './columns.js';
import { clearBorders, spanOf } from './layout.js';
import {
  addBias,
  multiply,
  partOf,
  sumChannels,
  type Operation,
  type Wiring,
} from './operation.js';
import { chunkStarts } from './shifted-convolution.js';

/** Numbers of gathered columns that products take at a time. */
const CHUNK = 2 ** 16;

/** Images whose columns are gathered together. */
function imagesTogether(rows: number, image: number, examples: number): number {
  return Math.min(examples, Math.max(1, Math.round(CHUNK / (rows * image))));
}

/** How many numbers of scratch memory a convolution of this kind needs. */
export function columnsNeeded(rows: number, image: number, examples: number): number {
  return rows * image * imagesTogether(rows, image, examples);
}

/**
 * Any convolution, as one matrix product on gathered columns, a few images at a time: for those without
 * padding, with even kernels, or on images so small that zeros around them would be most of the work.
 */
export function gatheredConvolution(
  node: ConvolutionNode,
  { x, y, gx, gy }: Wiring,
  scratch: Float64Array,
): Operation {
  const { weights, bias } = node;
  const { rows: filters, columns: rows, offset } = weights;
  const { layout } = y;
  const { image, lead, channel, examples } = layout;
  const images = imagesTogether(rows, image, examples);
  const chunks = chunkStarts(layout, images).map((first) => {
    const last = Math.min(first + images, examples);
    const at = lead + first * image;
    const span = spanOf(layout, first, last);
    return { first, last, span, y: y.data.subarray(at), gy: gy.data.subarray(at) };
  });
  const weightsOf = partOf(offset, sizeOf({ channels: filters, height: rows, width: 1 }));
  const gradientOf = partOf(offset, filters * rows);
  return {
    forward(theta) {
      const w = weightsOf(theta);
      for (const { first, last, span, y: out } of chunks) {
        gather(node, x, y, first, span, scratch);
        multiply(false, false, filters, span, rows, w, rows, scratch, span, 0, out, channel);
        if (bias) addBias(y, theta, bias.offset, first, span);
        clearBorders(y, first, last);
      }
    },
    backward(theta, into) {
      const w = weightsOf(theta);
      const sums = gradientOf(into);
      if (gx && !gx.add) gx.tensor.data.fill(0);
      chunks.forEach(({ first, span, gy: out }, index) => {
        gather(node, x, y, first, span, scratch);
        const beta = index === 0 ? 0 : 1;
        multiply(false, true, filters, rows, span, out, channel, scratch, span, beta, sums, rows);
        if (gx === undefined) return;
        multiply(true, false, rows, span, filters, w, rows, out, channel, 0, scratch, span);
        scatter(node, gx.tensor, gy, first, span, scratch);
      });
      if (bias) sumChannels(gy, into, bias.offset);
    },
  };
}
