import type { PoolNode } from '../nodes.js';
import type { Tensor } from './layout.js';
import type { Operation, Wiring } from './operation.js';

/** The largest number of each window; the first of several takes the gradient. */
export function maxPoolOperation(node: PoolNode, { x, y, gx, gy }: Wiring): Operation {
  const { size, stride } = node;
  /** Where in x each number of y comes from. */
  const chosen = new Int32Array(y.data.length);
  return {
    forward() {
      if (size === 2) choosePairs(x, y, stride, chosen);
      else choose(x, y, size, stride, chosen);
    },
    backward() {
      if (gx === undefined) return;
      const back = gx.tensor.data;
      const { data } = gy;
      if (!gx.add) back.fill(0);
      // Outside the images gy is 0, and what is chosen there is place 0: nothing is added to it.
      for (let p = 0; p < data.length; p++) back[chosen[p]] += data[p];
    },
  };
}

function choose(x: Tensor, y: Tensor, size: number, stride: number, chosen: Int32Array): void {
  const { layout: from, data } = x;
  forEachRow(x, y, stride, (begin, end, corner) => {
    for (let p = begin, q = corner; p < end; p++, q += stride) {
      let best = q;
      for (let v = 0, line = q; v < size; v++, line += from.row) {
        for (let u = 0; u < size; u++) if (data[line + u] > data[best]) best = line + u;
      }
      y.data[p] = data[best];
      chosen[p] = best;
    }
  });
}

/** Windows of 2×2 without a branch on the numbers, which processors guess wrongly half of the time. */
function choosePairs(x: Tensor, y: Tensor, stride: number, chosen: Int32Array): void {
  const { layout, data } = x;
  const { row } = layout;
  const into = y.data;
  forEachRow(x, y, stride, (begin, end, corner) => {
    for (let p = begin, q = corner; p < end; p++, q += stride) {
      const above = q + Number(data[q + 1] > data[q]);
      const below = q + row + Number(data[q + row + 1] > data[q + row]);
      const best = above + Number(data[below] > data[above]) * (below - above);
      into[p] = data[best];
      chosen[p] = best;
    }
  });
}

/** Calls `visit` with the places of every row of y, from `begin` to `end`, and its first window's corner in x. */
function forEachRow(
  { layout: from }: Tensor,
  { layout: to, channels }: Tensor,
  stride: number,
  visit: (begin: number, end: number, corner: number) => void,
): void {
  for (let c = 0; c < channels; c++) {
    for (let i = 0; i < to.examples; i++) {
      let corner = c * from.channel + from.lead + i * from.image;
      let begin = c * to.channel + to.lead + i * to.image;
      for (let row = 0; row < to.height; row++) {
        visit(begin, begin + to.width, corner);
        begin += to.row;
        corner += stride * from.row;
      }
    }
  }
}

/** The mean of each window. */
export function averagePoolOperation(node: PoolNode, { x, y, gx, gy }: Wiring): Operation {
  const { size, stride } = node;
  const { row } = x.layout;
  const share = 1 / (size * size);
  return {
    forward() {
      const from = x.data;
      const into = y.data;
      forEachRow(x, y, stride, (begin, end, corner) => {
        for (let p = begin, q = corner; p < end; p++, q += stride) {
          let sum = 0;
          for (let v = 0, line = q; v < size; v++, line += row) {
            for (let u = 0; u < size; u++) sum += from[line + u];
          }
          into[p] = share * sum;
        }
      });
    },
    backward() {
      if (gx === undefined) return;
      const from = gy.data;
      const into = gx.tensor.data;
      if (!gx.add) into.fill(0);
      forEachRow(x, y, stride, (begin, end, corner) => {
        for (let p = begin, q = corner; p < end; p++, q += stride) {
          const g = share * from[p];
          for (let v = 0, line = q; v < size; v++, line += row) {
            for (let u = 0; u < size; u++) into[line + u] += g;
          }
        }
      });
    },
  };
}

/** The mean of each channel of each image. */
export function globalAverageOperation({ x, y, gx, gy }: Wiring): Operation {
  const { layout: from, channels } = x;
  const { layout: to } = y;
  const share = 1 / (from.height * from.width);
  return {
    forward() {
      for (let c = 0; c < channels; c++) {
        let q = c * from.channel + from.lead;
        const target = c * to.channel + to.lead;
        for (let i = 0; i < to.examples; i++) {
          let sum = 0;
          // What lies around the image is zero.
          for (const end = q + from.image; q < end; q++) sum += x.data[q];
          y.data[target + i] = share * sum;
        }
      }
    },
    backward() {
      if (gx === undefined) return;
      const back = gx.tensor.data;
      for (let c = 0; c < channels; c++) {
        for (let i = 0; i < to.examples; i++) {
          const g = share * gy.data[c * to.channel + to.lead + i];
          const corner = c * from.channel + from.lead + i * from.image;
          for (let row = 0; row < from.height; row++) {
            const begin = corner + row * from.row;
            if (gx.add) for (let q = begin; q < begin + from.width; q++) back[q] += g;
            else back.fill(g, begin, begin + from.width);
          }
        }
      }
    },
  };
}
