import type { ImageShape } from '../shape.js';

/**
 * How the numbers of one node lie in memory: channel by channel, image by image, row by row. A zero
 * column of `pad` numbers stands after each row and `pad` zero rows after each image; the zeros before
 * a row are those after the row above. So a whole channel is one long axis on which the neighbour of
 * every pixel, inside or outside its image, is the same step away.
 */
export interface Layout {
  readonly examples: number;
  readonly height: number;
  readonly width: number;
  readonly pad: number;
  /** Steps from one row, image or channel to the next. */
  readonly row: number;
  readonly image: number;
  readonly channel: number;
  /** Zeros before the first image of each channel. */
  readonly lead: number;
}

/** The numbers of one node, or their gradients. Everything outside the images is zero, always. */
export interface Tensor {
  readonly layout: Layout;
  readonly channels: number;
  /** channels × layout.channel numbers. */
  readonly data: Float64Array;
}

/** The layout of so many images of a shape with `pad` zeros between their rows. */
export function layoutOf({ height, width }: ImageShape, examples: number, pad: number): Layout {
  const row = width + pad;
  const image = (height + pad) * row;
  const lead = pad * row + pad;
  return { examples, height, width, pad, row, image, lead, channel: lead + examples * image };
}

/** Places on a channel's axis from the first pixel of image `first` to the last of image `last` − 1. */
export function spanOf(layout: Layout, first: number, last: number): number {
  const { image, height, width, row, examples } = layout;
  const whole = (last - first) * image;
  return last < examples ? whole : whole - image + (height - 1) * row + width;
}

/** Writes zeros around the images first ≤ i < last of every channel, where products leave junk. */
export function clearBorders(tensor: Tensor, first: number, last: number): void {
  const { layout, channels, data } = tensor;
  const { pad, row, image, lead, channel, height, width } = layout;
  if (pad === 0) return;
  const below = image - (height - 1) * row - width;
  for (let c = 0; c < channels; c++) {
    for (let i = first; i < last; i++) {
      let at = c * channel + lead + i * image + width;
      for (let y = 1; y < height; y++, at += row) {
        for (let p = 0; p < pad; p++) data[at + p] = 0;
      }
      for (let p = 0; p < below; p++) data[at + p] = 0;
    }
  }
}
