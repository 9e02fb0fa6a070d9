import { flat } from '../../image/draft.js';
import type { Pair, Windows } from '../../image/kinds/graph/windows.js';
import type { ImageShape } from '../../image/shape.js';
import type { OnnxNode } from '../decode.js';
import {
  emit,
  imageShapeOf,
  listOf,
  numberOf,
  requireComputed,
  wordOf,
  type Computed,
  type Lowering,
  type Value,
} from '../lowering.js';
import type { Inputs, Operations } from './operation.js';

/** Windows of an operation on images, or on rows, and the shape of what they give. */
export interface Placed extends Windows {
  readonly after: Pair;
  readonly height: number;
  readonly width: number;
  /** True where the image of the file has one axis beside its channels. */
  readonly row: boolean;
  readonly ceil: boolean;
}

/** A list for one or two axes as a pair; rows are images of height 1. */
function pairOf(list: readonly number[], usual: number): Pair {
  if (list.length === 1) return [usual, list[0]];
  if (list.length === 2) return [list[0], list[1]];
  throw new Error('it has more than two axes beside the channels');
}

/** The windows that a node's attributes describe on an image. */
export function windowsOf(source: OnnxNode, x: Computed, kernel: readonly number[]): Placed {
  const shape = imageShapeOf(x);
  const ones = kernel.map(() => 1);
  const window = pairOf(kernel, 1);
  const stride = pairOf(listOf(source, 'strides', ones), 1);
  const dilation = pairOf(listOf(source, 'dilations', ones), 1);
  const pads = listOf(
    source,
    'pads',
    [...ones, ...ones].map(() => 0),
  );
  let before = pairOf(pads.slice(0, kernel.length), 0);
  let after = pairOf(pads.slice(kernel.length), 0);
  const ceil = numberOf(source, 'ceil_mode', 0) === 1;
  const auto = wordOf(source, 'auto_pad', 'NOTSET');
  const sizes: Pair = [shape.height, shape.width];
  const reach = (axis: 0 | 1) => (window[axis] - 1) * dilation[axis] + 1;
  if (auto === 'SAME_UPPER' || auto === 'SAME_LOWER') {
    const missing = ([0, 1] as const).map((axis) =>
      Math.max(
        0,
        (Math.ceil(sizes[axis] / stride[axis]) - 1) * stride[axis] + reach(axis) - sizes[axis],
      ),
    );
    const less: Pair = [Math.floor(missing[0] / 2), Math.floor(missing[1] / 2)];
    const more: Pair = [missing[0] - less[0], missing[1] - less[1]];
    [before, after] = auto === 'SAME_UPPER' ? [less, more] : [more, less];
  }
  const length = (axis: 0 | 1) => {
    const rest = (sizes[axis] + before[axis] + after[axis] - reach(axis)) / stride[axis];
    const whole = (ceil ? Math.ceil(rest) : Math.floor(rest)) + 1;
    // A window that would begin beyond the image and the zeros before it is dropped.
    return ceil && (whole - 1) * stride[axis] >= sizes[axis] + before[axis] ? whole - 1 : whole;
  };
  const [height, width] = [length(0), length(1)];
  if (!(height >= 1 && width >= 1)) {
    throw new Error(
      `its windows of ${kernel.join('×')} do not fit into ${shape.height}×${shape.width}`,
    );
  }
  const row = kernel.length === 1;
  return { kernel: window, stride, dilation, before, after, height, width, row, ceil };
}

/** The side of windows that are square, whole, and have no zeros around the image; otherwise undefined. */
export function plainSide(
  { kernel, dilation, before, after, ceil }: Placed,
  zeros: boolean,
): number | undefined {
  const sides = [...before, ...after];
  const even = sides.every((side) => side === sides[0]);
  const plain = kernel[0] === kernel[1] && dilation[0] === 1 && dilation[1] === 1 && !ceil && even;
  return plain && (zeros || sides[0] === 0) ? kernel[0] : undefined;
}

/** What windows give, as the file counts its axes. */
export function windowed(
  node: number,
  { channels, height, width }: ImageShape,
  row: boolean,
): Computed {
  const own = row ? [channels, width] : [channels, height, width];
  return { node, dimensions: [1, ...own], batchAxis: 0 };
}

/** Throws where the batch is not the first axis, as images have it. */
export function requireImages(source: OnnxNode, value: Value | undefined): Computed {
  const x = requireComputed(source, value);
  const rank = x.dimensions.length;
  if (x.batchAxis === 0 && (rank === 3 || rank === 4)) return x;
  throw new Error(`its input has ${rank} axes; expected batch × channels × height × width`);
}

function pool(kind: 'max' | 'mean') {
  return (at: Lowering, [value]: Inputs, source: OnnxNode): Value[] => {
    const x = requireImages(source, value);
    const placed = windowsOf(source, x, listOf(source, 'kernel_shape', []));
    const shape = { ...imageShapeOf(x), height: placed.height, width: placed.width };
    const inputs = [x.node];
    const degree = at.degrees[x.node];
    const size = plainSide(placed, false);
    if (size !== undefined && placed.stride[0] === placed.stride[1]) {
      const plain = kind === 'max' ? 'max-pool' : 'average-pool';
      const node = emit(at, { kind: plain, inputs, shape, size, stride: placed.stride[0] }, degree);
      return [windowed(node, shape, placed.row)];
    }
    const { kernel, stride, dilation, before, after } = placed;
    const node = emit(
      at,
      {
        kind: kind === 'max' ? 'window-max' : 'window-mean',
        inputs,
        shape,
        kernel,
        stride,
        dilation,
        before,
        after,
        countsOutside: numberOf(source, 'count_include_pad', 0) === 1,
      },
      degree,
    );
    return [windowed(node, shape, placed.row)];
  };
}

function globalPool(kind: 'max' | 'mean') {
  return (at: Lowering, [value]: Inputs, source: OnnxNode): Value[] => {
    const x = requireImages(source, value);
    const { channels, height, width } = imageShapeOf(x);
    const degree = at.degrees[x.node];
    const inputs = [x.node];
    const shape = flat(channels);
    const node =
      kind === 'mean'
        ? emit(at, { kind: 'global-average-pool', inputs, shape }, degree)
        : emit(
            at,
            {
              kind: 'window-max',
              inputs,
              shape,
              kernel: [height, width],
              stride: [1, 1],
              dilation: [1, 1],
              before: [0, 0],
              after: [0, 0],
              countsOutside: false,
            },
            degree,
          );
    return [
      {
        node,
        dimensions: x.dimensions.map((length, axis) => (axis < 2 ? length : 1)),
        batchAxis: 0,
      },
    ];
  };
}

/** Pools. */
export const poolOperations: Operations = {
  MaxPool: pool('max'),
  AveragePool: pool('mean'),
  GlobalAveragePool: globalPool('mean'),
  GlobalMaxPool: globalPool('max'),
};
