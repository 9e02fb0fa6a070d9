import type { Tensor } from './layout.js';

/**
 * Where each number of the first image lies in a tensor's memory, in the order channel by channel, row by
 * row; the same number of image i lies `layout.image` · i further.
 */
export function placesOf({ layout, channels }: Pick<Tensor, 'layout' | 'channels'>): Int32Array {
  const { height, width, row, channel, lead } = layout;
  const places = new Int32Array(channels * height * width);
  let k = 0;
  for (let c = 0; c < channels; c++) {
    for (let y = 0; y < height; y++) {
      const begin = c * channel + lead + y * row;
      for (let x = 0; x < width; x++) places[k++] = begin + x;
    }
  }
  return places;
}
