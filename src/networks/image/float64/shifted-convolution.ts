import type { ConvolutionNode } from '../nodes.js';
import { clearBorders, spanOf, type Layout, type Tensor } from './layout.js';
import { addBias, multiply, sumChannels, type Operation, type Wiring } from './operation.js';

/** Numbers of an image chunk's inputs and outputs together that products take at a time. */
const CHUNK = 2 ** 16;

/** A few images, as views on the tensors' data from their first channel's place on. */
interface Chunk {
  readonly first: number;
  readonly last: number;
  readonly span: number;
  readonly y: Float64Array;
  readonly gy: Float64Array;
  readonly gx: Float64Array;
  /** Inputs as each tap of the kernel sees them, and the output's gradient as its transpose does. */
  readonly xAt: readonly Float64Array[];
  readonly gyAt: readonly Float64Array[];
}

/**
 * A convolution that keeps the size of its images, as kernel² matrix products on shifted views of the
 * long axis of each channel. Weights are used as one filters×channels matrix for each tap.
 */
export function shiftedConvolution(node: ConvolutionNode, { x, y, gx, gy }: Wiring): Operation {
  const { kernel, weights, bias } = node;
  const taps = kernel * kernel;
  const filters = y.channels;
  const { channels } = x;
  const { channel } = x.layout;
  const size = filters * channels;
  const packed = new Float64Array(taps * size);
  const tap = Array.from({ length: taps }, (_, t) => packed.subarray(t * size, (t + 1) * size));
  const sums = new Float64Array(taps * size);
  const sum = Array.from({ length: taps }, (_, t) => sums.subarray(t * size, (t + 1) * size));
  const chunks = chunksOf(node, x, y, gx?.tensor ?? x, gy);

  function pack(theta: Float64Array): void {
    for (let r = 0, p = weights.offset; r < size; r++) {
      for (let t = 0; t < taps; t++) packed[t * size + r] = theta[p++];
    }
  }

  return {
    forward(theta) {
      pack(theta);
      for (const { first, last, span, y: out, xAt } of chunks) {
        for (let t = 0; t < taps; t++) {
          const beta = t === 0 ? 0 : 1;
          // prettier-ignore
          multiply(
            false, false, filters, span, channels, tap[t], channels, xAt[t], channel, beta, out, channel,
          );
        }
        if (bias) addBias(y, theta, bias.offset, first, span);
        clearBorders(y, first, last);
      }
    },
    backward(theta, into) {
      pack(theta);
      chunks.forEach(({ first, last, span, gy: out, gx: back, xAt, gyAt }, index) => {
        for (let t = 0; t < taps; t++) {
          const beta = index === 0 ? 0 : 1;
          // prettier-ignore
          multiply(
            false, true, filters, channels, span, out, channel, xAt[t], channel, beta, sum[t], channels,
          );
        }
        if (gx === undefined) return;
        for (let t = 0; t < taps; t++) {
          const beta = t === 0 && !gx.add ? 0 : 1;
          // prettier-ignore
          multiply(
            true, false, channels, span, filters, tap[t], channels, gyAt[t], channel, beta, back, channel,
          );
        }
        clearBorders(gx.tensor, first, last);
      });
      for (let r = 0, p = weights.offset; r < size; r++) {
        for (let t = 0; t < taps; t++) into[p++] = sums[t * size + r];
      }
      if (bias) sumChannels(gy, into, bias.offset);
    },
  };
}

function chunksOf(
  { kernel, padding }: ConvolutionNode,
  x: Tensor,
  y: Tensor,
  gx: Tensor,
  gy: Tensor,
): Chunk[] {
  const { layout } = x;
  const { examples, image, lead } = layout;
  const shifts = Array.from({ length: kernel * kernel }, (_, t) => {
    const [row, column] = [Math.floor(t / kernel), t % kernel];
    return (row - padding) * layout.row + (column - padding);
  });
  const images = Math.max(1, Math.round(CHUNK / (image * (x.channels + y.channels))));
  return chunkStarts(layout, images).map((first) => {
    const last = Math.min(first + images, examples);
    const at = lead + first * image;
    return {
      first,
      last,
      span: spanOf(layout, first, last),
      y: y.data.subarray(at),
      gy: gy.data.subarray(at),
      gx: gx.data.subarray(at),
      xAt: shifts.map((shift) => x.data.subarray(at + shift)),
      gyAt: shifts.map((shift) => gy.data.subarray(at - shift)),
    };
  });
}

export function chunkStarts({ examples }: Layout, images: number): number[] {
  return Array.from({ length: Math.ceil(examples / images) }, (_, k) => k * images);
}
