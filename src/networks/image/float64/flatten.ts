import type { Tensor } from './layout.js';
import type { Operation, Wiring } from './operation.js';

/** Every pixel of every channel becomes a channel of its own. */
export function flattenOperation({ x, y, gx, gy }: Wiring): Operation {
  const { channel } = y.layout;
  return {
    forward: () => visitImages(x, 1, channel, y.data, (flat, p, q) => (flat[p] = x.data[q])),
    backward() {
      if (gx === undefined) return;
      const back = gx.tensor.data;
      const { add } = gx;
      visitImages(x, 1, channel, gy.data, (flat, p, q) => {
        back[q] = add ? back[q] + flat[p] : flat[p];
      });
    },
  };
}

/** x ← rows of numbers, one for each image. */
export function loadImages(x: Tensor, inputs: Float64Array): void {
  const { height, width } = x.layout;
  const size = x.channels * height * width;
  visitImages(x, size, 1, inputs, (flat, p, q) => (x.data[q] = flat[p]));
}

/** into ← rows of numbers, one for each image. */
export function storeImages(x: Tensor, into: Float64Array): void {
  const { height, width } = x.layout;
  const size = x.channels * height * width;
  visitImages(x, size, 1, into, (flat, p, q) => (flat[p] = x.data[q]));
}

/** Calls `visit` with every place in `flat`, example and number steps apart, and its place in x. */
function visitImages(
  x: Tensor,
  exampleStep: number,
  numberStep: number,
  flat: Float64Array,
  visit: (flat: Float64Array, p: number, q: number) => void,
): void {
  const { examples, height, width, row, image, channel, lead } = x.layout;
  for (let c = 0, number = 0; c < x.channels; c++) {
    for (let y = 0; y < height; y++) {
      for (let k = 0; k < width; k++, number++) {
        let q = c * channel + lead + y * row + k;
        let p = number * numberStep;
        for (let i = 0; i < examples; i++, q += image, p += exampleStep) visit(flat, p, q);
      }
    }
  }
}
