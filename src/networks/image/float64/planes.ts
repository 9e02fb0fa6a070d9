import type { ConvolutionNode } from '../nodes.js';
import type { Layout, Tensor } from './layout.js';
import type { Target, Wiring } from './operation.js';

/**
 * What the products of a convolution work on. With stride s the pixels of the input are dealt out to
 * s² planes of the output's size, by the remainders of their row and column: on those the stride is 1.
 * With stride 1 the only plane is the input itself.
 */
export interface Planes {
  readonly x: readonly Tensor[];
  readonly gx: readonly Tensor[];
  /** For every tap of the kernel the plane that it reads, and how far from its own place. */
  readonly taps: readonly { readonly plane: number; readonly shift: number }[];
  /** Puts the input in place. */
  split(): void;
  /** Gives the planes' gradients to the input. */
  merge(): void;
}

/** Numbers of working memory that the planes of a convolution take. */
export function planesNeeded(node: ConvolutionNode, channels: number, layout: Layout): number {
  return node.stride === 1 ? 0 : 2 * phasesOf(node).length * channels * layout.channel;
}

/** The planes of a convolution's input, in `scratch` where the stride is not 1. */
export function planesOf(
  node: ConvolutionNode,
  { x, y, gx }: Wiring,
  scratch: Float64Array,
): Planes {
  const { kernel, stride, padding } = node;
  const phases = phasesOf(node);
  const taps = Array.from({ length: kernel * kernel }, (_, t) => {
    const down = Math.floor(t / kernel) - padding;
    const across = (t % kernel) - padding;
    const plane = phases.indexOf(remainder(down, stride) * stride + remainder(across, stride));
    return { plane, shift: Math.floor(down / stride) * y.layout.row + Math.floor(across / stride) };
  });
  if (stride === 1) {
    const nothing = () => undefined;
    return { x: [x], gx: gx ? [gx.tensor] : [x], taps, split: nothing, merge: nothing };
  }
  const { layout } = y;
  const size = x.channels * layout.channel;
  const planeAt = (k: number): Tensor => ({
    layout,
    channels: x.channels,
    data: scratch.subarray(k * size, (k + 1) * size),
  });
  const planes = phases.map((_, k) => planeAt(k));
  const gradients = phases.map((_, k) => planeAt(phases.length + k));
  return {
    x: planes,
    gx: gradients,
    taps,
    split() {
      phases.forEach((phase, k) => {
        planes[k].data.fill(0);
        deal(x, planes[k], stride, phase, copyTo);
      });
    },
    merge() {
      if (gx === undefined) return;
      if (!gx.add && phases.length < stride * stride) gx.tensor.data.fill(0);
      const move = mover(gx);
      phases.forEach((phase, k) => deal(gx.tensor, gradients[k], stride, phase, move));
    },
  };
}

/** Remainders of row and column, as row·stride + column, that some tap of the kernel meets. */
function phasesOf({ kernel, stride, padding }: ConvolutionNode): number[] {
  const met = Array.from({ length: kernel }, (_, u) => remainder(u - padding, stride));
  const all = met.flatMap((row) => met.map((column) => row * stride + column));
  return [...new Set(all)].sort((a, b) => a - b);
}

function remainder(a: number, by: number): number {
  return ((a % by) + by) % by;
}

/** A row of an image, from q on in steps of `stride`, and of a plane, from p to `end`. */
type MoveRow = (
  image: Float64Array,
  q: number,
  stride: number,
  plane: Float64Array,
  p: number,
  end: number,
) => void;

const copyTo: MoveRow = (image, q, stride, plane, p, end) => {
  for (; p < end; p++, q += stride) plane[p] = image[q];
};

const copyBack: MoveRow = (image, q, stride, plane, p, end) => {
  for (; p < end; p++, q += stride) image[q] = plane[p];
};

const addBack: MoveRow = (image, q, stride, plane, p, end) => {
  for (; p < end; p++, q += stride) image[q] += plane[p];
};

function mover({ add }: Target): MoveRow {
  return add ? addBack : copyBack;
}

function deal(image: Tensor, plane: Tensor, stride: number, phase: number, move: MoveRow): void {
  const { layout: from } = image;
  const { layout: to } = plane;
  const left = phase % stride;
  const top = (phase - left) / stride;
  const columns = Math.ceil((from.width - left) / stride);
  for (let c = 0; c < image.channels; c++) {
    for (let i = 0; i < from.examples; i++) {
      let p = c * to.channel + to.lead + i * to.image;
      let q = c * from.channel + from.lead + i * from.image + top * from.row + left;
      for (let row = top; row < from.height; row += stride) {
        move(image.data, q, stride, plane.data, p, p + columns);
        p += to.row;
        q += stride * from.row;
      }
    }
  }
}
