import type { PoolNode } from '../nodes.js';
import type { Operation, Wiring } from './operation.js';

/** The largest number of each window; the first of several takes the gradient. */
export function maxPoolOperation(node: PoolNode, { x, y, gx, gy }: Wiring): Operation {
  const { size, stride } = node;
  const { layout: from, data } = x;
  const { layout: to } = y;
  /** Where in x each number of y comes from. */
  const chosen = new Int32Array(y.data.length);
  return {
    forward() {
      for (let c = 0; c < y.channels; c++) {
        for (let i = 0; i < to.examples; i++) {
          const corner = c * from.channel + from.lead + i * from.image;
          const target = c * to.channel + to.lead + i * to.image;
          for (let row = 0; row < to.height; row++) {
            let p = target + row * to.row;
            let q = corner + row * stride * from.row;
            for (const end = p + to.width; p < end; p++, q += stride) {
              let best = q;
              let most = data[q];
              for (let v = 0, line = q; v < size; v++, line += from.row) {
                for (let u = 0; u < size; u++) {
                  if (data[line + u] > most) {
                    most = data[line + u];
                    best = line + u;
                  }
                }
              }
              y.data[p] = most;
              chosen[p] = best;
            }
          }
        }
      }
    },
    backward() {
      if (gx === undefined) return;
      const back = gx.tensor.data;
      if (!gx.add) back.fill(0);
      // Outside the images gy is 0 and goes nowhere: to place 0, which lies outside or is given 0.
      for (let p = 0; p < gy.data.length; p++) back[chosen[p]] += gy.data[p];
    },
  };
}

export function averagePoolOperation(node: PoolNode, { x, y, gx, gy }: Wiring): Operation {
  const { size, stride } = node;
  const { layout: from } = x;
  const { layout: to } = y;
  const share = 1 / (size * size);
  /** Calls `visit` with every place of y and the corner of its window in x. */
  function forEachWindow(visit: (p: number, q: number) => void): void {
    for (let c = 0; c < y.channels; c++) {
      for (let i = 0; i < to.examples; i++) {
        const corner = c * from.channel + from.lead + i * from.image;
        const target = c * to.channel + to.lead + i * to.image;
        for (let row = 0; row < to.height; row++) {
          let q = corner + row * stride * from.row;
          const begin = target + row * to.row;
          for (let p = begin; p < begin + to.width; p++, q += stride) visit(p, q);
        }
      }
    }
  }
  return {
    forward() {
      forEachWindow((p, q) => {
        let sum = 0;
        for (let v = 0, line = q; v < size; v++, line += from.row) {
          for (let u = 0; u < size; u++) sum += x.data[line + u];
        }
        y.data[p] = share * sum;
      });
    },
    backward() {
      if (gx === undefined) return;
      const back = gx.tensor.data;
      if (!gx.add) back.fill(0);
      forEachWindow((p, q) => {
        const g = share * gy.data[p];
        for (let v = 0, line = q; v < size; v++, line += from.row) {
          for (let u = 0; u < size; u++) back[line + u] += g;
        }
      });
    },
  };
}

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
