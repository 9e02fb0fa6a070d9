import type { Layout, Tensor } from '../../float64/layout.js';
import type { Operation, Wiring } from '../../float64/operation.js';
import type { AnyNode } from '../../nodes.js';
import type { ImageNodeKind } from '../kind.js';

/** A pair of lengths, down and across. */
export type Pair = readonly [down: number, across: number];

/** Windows that may reach beyond the image, be dilated, and have sides of different lengths. */
export interface Windows {
  readonly kernel: Pair;
  readonly stride: Pair;
  readonly dilation: Pair;
  /** Places outside the image above and to the left; those below and to the right follow from the shape. */
  readonly before: Pair;
}

/**
 * The taps of a window, as steps down and across from its corner, and for one line of the output which of
 * its places have this tap inside the image.
 */
export function tapsOf({ kernel, dilation, before }: Windows): Pair[] {
  const taps: Pair[] = [];
  for (let v = 0; v < kernel[0]; v++) {
    for (let u = 0; u < kernel[1]; u++) {
      taps.push([v * dilation[0] - before[0], u * dilation[1] - before[1]]);
    }
  }
  return taps;
}

/**
 * Calls `visit` with each place of one image of the output and the place of the tap in the input, both
 * counted from the image's first pixel, where that lies inside.
 */
export function eachPlace(
  [down, across]: Pair,
  stride: Pair,
  from: Layout,
  to: Layout,
  visit: (out: number, into: number) => void,
): void {
  for (let y = 0; y < to.height; y++) {
    const line = y * stride[0] + down;
    if (line < 0 || line >= from.height) continue;
    for (let x = 0; x < to.width; x++) {
      const column = x * stride[1] + across;
      if (column >= 0 && column < from.width) visit(y * to.row + x, line * from.row + column);
    }
  }
}

/** Windows, each made one number. */
export interface WindowPoolNode extends AnyNode, Windows {
  readonly kind: 'window-max' | 'window-mean';
  /** True where places outside the image count in a mean, as zeros. */
  readonly countsOutside: boolean;
  /** Zeros that count below and to the right. */
  readonly after: Pair;
}

/** For each tap and place of one image: [out, in] pairs, flat. */
function pairsOf(node: Windows, x: Tensor, y: Tensor): Int32Array[] {
  return tapsOf(node).map((tap) => {
    const pairs: number[] = [];
    eachPlace(tap, node.stride, x.layout, y.layout, (out, into) => pairs.push(out, into));
    return Int32Array.from(pairs);
  });
}

function eachImage({ x, y }: Pick<Wiring, 'x' | 'y'>, visit: (p: number, q: number) => void): void {
  for (let c = 0; c < y.channels; c++) {
    for (let i = 0; i < y.layout.examples; i++) {
      visit(
        c * x.layout.channel + x.layout.lead + i * x.layout.image,
        c * y.layout.channel + y.layout.lead + i * y.layout.image,
      );
    }
  }
}

function windowMaxOperation(node: WindowPoolNode, wiring: Wiring): Operation {
  const { x, y, gx, gy } = wiring;
  const pairs = pairsOf(node, x, y);
  const chosen = new Int32Array(y.data.length).fill(-1);
  return {
    forward() {
      chosen.fill(-1);
      eachImage(wiring, (p, q) => {
        for (const list of pairs) {
          for (let k = 0; k < list.length; k += 2) {
            const out = q + list[k];
            const into = p + list[k + 1];
            if (chosen[out] < 0 || x.data[into] > x.data[chosen[out]]) chosen[out] = into;
          }
        }
      });
      for (let q = 0; q < chosen.length; q++) if (chosen[q] >= 0) y.data[q] = x.data[chosen[q]];
    },
    backward() {
      if (gx === undefined) return;
      const back = gx.tensor.data;
      if (!gx.add) back.fill(0);
      for (let q = 0; q < chosen.length; q++) if (chosen[q] >= 0) back[chosen[q]] += gy.data[q];
    },
  };
}

/** How many places of each window count, for one image of the output. */
function countsOf(node: WindowPoolNode, pairs: readonly Int32Array[], x: Tensor, y: Tensor) {
  const counts = new Float64Array(y.layout.image);
  if (!node.countsOutside) {
    for (const list of pairs) for (let k = 0; k < list.length; k += 2) counts[list[k]] += 1;
    return counts;
  }
  // A window of the last, incomplete place counts what of it lies within the padded image.
  const reach = (length: number, axis: 0 | 1) => length + node.before[axis] + node.after[axis];
  for (const [down, across] of tapsOf({ ...node, before: [0, 0] })) {
    for (let r = 0; r < y.layout.height; r++) {
      if (r * node.stride[0] + down >= reach(x.layout.height, 0)) continue;
      for (let c = 0; c < y.layout.width; c++) {
        if (c * node.stride[1] + across < reach(x.layout.width, 1))
          counts[r * y.layout.row + c] += 1;
      }
    }
  }
  return counts;
}

function windowMeanOperation(node: WindowPoolNode, wiring: Wiring): Operation {
  const { x, y, gx, gy } = wiring;
  const pairs = pairsOf(node, x, y);
  const counts = countsOf(node, pairs, x, y);
  return {
    forward() {
      y.data.fill(0);
      eachImage(wiring, (p, q) => {
        for (const list of pairs) {
          for (let k = 0; k < list.length; k += 2) {
            y.data[q + list[k]] += x.data[p + list[k + 1]] / counts[list[k]];
          }
        }
      });
    },
    backward() {
      if (gx === undefined) return;
      const back = gx.tensor.data;
      if (!gx.add) back.fill(0);
      eachImage(wiring, (p, q) => {
        for (const list of pairs) {
          for (let k = 0; k < list.length; k += 2) {
            back[p + list[k + 1]] += gy.data[q + list[k]] / counts[list[k]];
          }
        }
      });
    },
  };
}

/** The largest number of each window, for the engine in float64 and every count. */
export const windowMaxKind: ImageNodeKind<WindowPoolNode> = {
  node: 'window-max',
  operation: (node, { wiring }) => windowMaxOperation(node, wiring),
  memory: 'own',
  forgotten: true,
  addsDegree: 0,
};

/** The mean of each window, for the engine in float64 and every count. */
export const windowMeanKind: ImageNodeKind<WindowPoolNode> = {
  node: 'window-mean',
  operation: (node, { wiring }) => windowMeanOperation(node, wiring),
  memory: 'own',
  forgotten: true,
  addsDegree: 0,
};
