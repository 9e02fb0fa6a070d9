import type { ConvolutionNode } from '../nodes.js';
import { clearBorders, spanOf, type Layout, type Tensor } from './layout.js';
import { planesOf, type Planes } from './planes.js';
import { addBias, multiply, sumChannels, type Operation, type Wiring } from './operation.js';

/** Numbers of an image chunk's inputs and outputs together that products take at a time. */
const CHUNK = 2 ** 15;

/** Zeros around an image may be as many as its pixels, and no more. */
const MOST_BORDER = 2;

/** Zeros that a convolution on shifted views needs beside its output's images. */
export function padOf({ padding, stride }: ConvolutionNode): number {
  return Math.ceil(padding / stride);
}

/** True where a convolution works on shifted views: padded on all sides alike, and not too small. */
export function isShifted(node: ConvolutionNode): boolean {
  const { kernel, padding, shape } = node;
  if (2 * padding !== kernel - 1) return false;
  const places = (shape.height + padOf(node)) * (shape.width + padOf(node));
  return places <= MOST_BORDER * shape.height * shape.width;
}

/** A few images, as views on the tensors' data from their first channel's place on. */
interface Chunk {
  readonly first: number;
  readonly last: number;
  readonly span: number;
  readonly y: Float64Array;
  readonly gy: Float64Array;
  /** Gradients of the planes. */
  readonly gx: readonly Float64Array[];
  /** Inputs as each tap of the kernel sees them, and the output's gradient as its transpose does. */
  readonly xAt: readonly Float64Array[];
  readonly gyAt: readonly Float64Array[];
}

/**
 * A convolution as kernel² matrix products on shifted views of the long axis of each channel, or with
 * a stride of the channels of its planes. Weights are used as one filters×channels matrix a tap.
 */
export function shiftedConvolution(
  node: ConvolutionNode,
  wiring: Wiring,
  scratch: Float64Array,
): Operation {
  const { x, y, gx, gy } = wiring;
  const { kernel, stride, weights, bias } = node;
  const taps = kernel * kernel;
  const filters = y.channels;
  const { channels } = x;
  const { channel } = y.layout;
  const size = filters * channels;
  const packed = new Float64Array(taps * size);
  const tap = Array.from({ length: taps }, (_, t) => packed.subarray(t * size, (t + 1) * size));
  const sums = new Float64Array(taps * size);
  const sum = Array.from({ length: taps }, (_, t) => sums.subarray(t * size, (t + 1) * size));
  const planes = planesOf(node, wiring, scratch);
  const chunks = chunksOf(planes, y, gy);
  const planeOf = planes.taps.map(({ plane }) => plane);
  const isFirst = planeOf.map((plane, t) => planeOf.indexOf(plane) === t);
  const adds = gx !== undefined && gx.add && stride === 1;

  function pack(theta: Float64Array): void {
    for (let r = 0, p = weights.offset; r < size; r++) {
      for (let t = 0; t < taps; t++) packed[t * size + r] = theta[p++];
    }
  }

  function forwardOn({ first, last, span, y: out, xAt }: Chunk, theta: Float64Array): void {
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

  function backwardOn({ first, last, span, gy: out, gx: back, xAt, gyAt }: Chunk): void {
    for (let t = 0; t < taps; t++) {
      const beta = first === 0 ? 0 : 1;
      // prettier-ignore
      multiply(
        false, true, filters, channels, span, out, channel, xAt[t], channel, beta, sum[t], channels,
      );
    }
    if (gx === undefined) return;
    for (let t = 0; t < taps; t++) {
      const beta = isFirst[t] && !adds ? 0 : 1;
      const into = back[planeOf[t]];
      // prettier-ignore
      multiply(
        true, false, channels, span, filters, tap[t], channels, gyAt[t], channel, beta, into, channel,
      );
    }
    if (stride === 1) clearBorders(gx.tensor, first, last);
  }

  return {
    forward(theta) {
      pack(theta);
      planes.split();
      for (const chunk of chunks) forwardOn(chunk, theta);
    },
    backward(theta, into) {
      pack(theta);
      planes.split();
      chunks.forEach(backwardOn);
      planes.merge();
      for (let r = 0, p = weights.offset; r < size; r++) {
        for (let t = 0; t < taps; t++) into[p++] = sums[t * size + r];
      }
      if (bias) sumChannels(gy, into, bias.offset);
    },
  };
}

function chunksOf({ x, gx, taps }: Planes, y: Tensor, gy: Tensor): Chunk[] {
  const { layout } = y;
  const { examples, image, lead } = layout;
  const images = Math.max(1, Math.round(CHUNK / (image * (x[0].channels + y.channels))));
  return chunkStarts(layout, images).map((first) => {
    const last = Math.min(first + images, examples);
    const at = lead + first * image;
    return {
      first,
      last,
      span: spanOf(layout, first, last),
      y: y.data.subarray(at),
      gy: gy.data.subarray(at),
      gx: gx.map(({ data }) => data.subarray(at)),
      xAt: taps.map(({ plane, shift }) => x[plane].data.subarray(at + shift)),
      gyAt: taps.map(({ shift }) => gy.data.subarray(at - shift)),
    };
  });
}

/** The first images of chunks of so many. */
export function chunkStarts({ examples }: Layout, images: number): number[] {
  return Array.from({ length: Math.ceil(examples / images) }, (_, k) => k * images);
}
