import type { ConvolutionNode } from '../nodes.js';
import type { Layout, Tensor } from './layout.js';

/** How a row of the columns walks over an image: offsets into the data, and columns of the output. */
interface Tap {
  readonly source: number;
  readonly across: number;
  readonly down: number;
  /** Columns left ≤ p < right see a pixel, the others padding. */
  readonly left: number;
  readonly right: number;
}

/**
 * The matrix with one row for each channel and tap and one column for each place on the output's axis,
 * for images first ≤ i < last: what the kernel sees there. `columns` has `span` numbers a row.
 */
export function gather(
  node: ConvolutionNode,
  x: Tensor,
  y: Tensor,
  first: number,
  span: number,
  columns: Float64Array,
): void {
  const taps = node.kernel * node.kernel;
  for (let r = 0; r < x.channels * taps; r++) gatherRow(node, x, y, r, first, span, columns);
}

function gatherRow(
  node: ConvolutionNode,
  x: Tensor,
  { layout: to }: Tensor,
  r: number,
  first: number,
  span: number,
  columns: Float64Array,
): void {
  const { layout: from, data } = x;
  const { stride } = node;
  const { source, across, down, left, right } = tapOf(node, r, from, to);
  const end = (r + 1) * span;
  for (let image = first, at = r * span; at < end; image++, at += to.image) {
    const stop = Math.min(at + to.image, end);
    let p = at;
    for (let row = 0; row < to.height; row++) {
      const line = row * stride + down;
      const rest = Math.min(p + to.row, stop);
      if (line >= 0 && line < from.height) {
        const inside = p + right;
        let q = source + image * from.image + line * from.row + left * stride + across;
        for (const begin = p + left; p < begin; p++) columns[p] = 0;
        for (; p < inside; p++, q += stride) columns[p] = data[q];
      }
      for (; p < rest; p++) columns[p] = 0;
    }
    for (; p < stop; p++) columns[p] = 0;
  }
}

/** Adds every column back to the pixels that it was gathered from. */
export function scatter(
  node: ConvolutionNode,
  gx: Tensor,
  gy: Tensor,
  first: number,
  span: number,
  columns: Float64Array,
): void {
  const taps = node.kernel * node.kernel;
  for (let r = 0; r < gx.channels * taps; r++) scatterRow(node, gx, gy, r, first, span, columns);
}

function scatterRow(
  node: ConvolutionNode,
  gx: Tensor,
  { layout: to }: Tensor,
  r: number,
  first: number,
  span: number,
  columns: Float64Array,
): void {
  const { layout: from, data } = gx;
  const { stride } = node;
  const { source: target, across, down, left, right } = tapOf(node, r, from, to);
  const end = (r + 1) * span;
  for (let image = first, at = r * span; at < end; image++, at += to.image) {
    for (let row = 0, p = at; row < to.height; row++, p += to.row) {
      const line = row * stride + down;
      if (line < 0 || line >= from.height) continue;
      let q = target + image * from.image + line * from.row + left * stride + across;
      for (let k = left; k < right; k++, q += stride) data[q] += columns[p + k];
    }
  }
}

/** Where row r of the columns, one tap of the kernel on one channel, finds its pixels. */
function tapOf(
  { kernel, stride, padding }: ConvolutionNode,
  r: number,
  from: Layout,
  to: Layout,
): Tap {
  const taps = kernel * kernel;
  const tap = r % taps;
  const across = (tap % kernel) - padding;
  const down = Math.floor(tap / kernel) - padding;
  const left = Math.min(to.width, firstInside(across, stride));
  return {
    source: ((r - tap) / taps) * from.channel + from.lead,
    across,
    down,
    left,
    right: Math.max(left, Math.min(to.width, lastInside(across, stride, from.width))),
  };
}

/** The first output column whose window's tap lies inside the image. */
function firstInside(across: number, stride: number): number {
  return across >= 0 ? 0 : Math.ceil(-across / stride);
}

/** The first output column from there on whose tap lies beyond it. */
function lastInside(across: number, stride: number, width: number): number {
  return Math.max(0, Math.ceil((width - across) / stride));
}
