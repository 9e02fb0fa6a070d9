import { algebraForProduct } from '../../../numerics/linear-algebra.js';
import type { Tensor } from './layout.js';

/** One node at work: buffers and sizes are bound, and nothing is allocated any more. */
export interface Operation {
  forward(theta: Float64Array): void;
  /** into ← its parameters' gradient, at its blocks' places; and the gradients of its inputs. */
  backward(theta: Float64Array, into: Float64Array): void;
}

/** Where the gradient with respect to an input goes. */
export interface Target {
  readonly tensor: Tensor;
  /** True where another consumer has written before: this one's share is added. */
  readonly add: boolean;
}

/** What an operation reads and writes. */
export interface Wiring {
  readonly x: Tensor;
  readonly y: Tensor;
  readonly gy: Tensor;
  /** Undefined where nothing before this node is trained. */
  readonly gx: Target | undefined;
}

/** C ← op(A)·op(B) + β·C for arrays that begin where the matrices do. */
export function multiply(
  transposeA: boolean,
  transposeB: boolean,
  m: number,
  n: number,
  k: number,
  a: Float64Array,
  aStride: number,
  b: Float64Array,
  bStride: number,
  beta: number,
  c: Float64Array,
  cStride: number,
): void {
  // prettier-ignore
  algebraForProduct(m * n * k).gemm(
    transposeA, transposeB, m, n, k, 1, a, 0, aStride, b, 0, bStride, beta, c, 0, cStride,
  );
}

/** A view on a part of whatever array it is given; the same array again costs no new view. */
export function partOf(offset: number, length: number): (array: Float64Array) => Float64Array {
  let known: Float64Array | undefined;
  let part: Float64Array = new Float64Array(0);
  return (array) => {
    if (array !== known) {
      known = array;
      part = array.subarray(offset, offset + length);
    }
    return part;
  };
}

/** y += the channel's bias on all images first ≤ i < last; to be followed by `clearBorders`. */
export function addBias(
  { layout, channels, data }: Tensor,
  theta: Float64Array,
  at: number,
  first: number,
  span: number,
): void {
  const { channel, lead, image } = layout;
  for (let c = 0; c < channels; c++) {
    const bias = theta[at + c];
    const from = c * channel + lead + first * image;
    for (let p = from; p < from + span; p++) data[p] += bias;
  }
}

/** into[at…] ← Σ over images and pixels of the gradient, for each channel. */
export function sumChannels(
  { layout, channels, data }: Tensor,
  into: Float64Array,
  at: number,
): void {
  const { channel } = layout;
  for (let c = 0; c < channels; c++) {
    let sum = 0;
    for (let p = c * channel; p < (c + 1) * channel; p++) sum += data[p];
    into[at + c] = sum;
  }
}
