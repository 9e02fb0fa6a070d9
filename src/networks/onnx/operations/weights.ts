import { shapeWords } from '../../../datasets/npy.js';
import { flat, weighted } from '../../image/draft.js';
import type { Block } from '../../layer.js';
import { broadcast, countOf, transposed } from '../axes.js';
import type { OnnxNode } from '../decode.js';
import {
  blockFor,
  emit,
  gathered,
  imageShapeOf,
  isKnown,
  numberOf,
  repeatedTo,
  requireComputed,
  requireKnown,
  viewed,
  type Computed,
  type Known,
  type Lowering,
  type Trained,
  type Value,
} from '../lowering.js';
import { alignedWith, multiplied, scaledBy } from './builders.js';
import type { Inputs, Operations } from './operation.js';
import { plainSide, requireImages, windowed, windowsOf } from './windows.js';

/** Weights count as trained wherever the file has them. */
function asTrained(value: Known, source: OnnxNode): Trained {
  return { ...value, trained: value.trained ?? `${source.name} weights` };
}

function biasFor(
  at: Lowering,
  value: Value | undefined,
  rows: number,
  source: OnnxNode,
): Block | undefined {
  if (value === undefined) return undefined;
  const bias = requireKnown('bias', value);
  if (bias.values.length !== rows) {
    throw new Error(`its bias has ${bias.values.length} numbers; expected ${rows}`);
  }
  return blockFor(at, asTrained(bias, source), rows, 'as stored', 0);
}

function convolution(at: Lowering, [value, filters, bias]: Inputs, source: OnnxNode): Value[] {
  const x = requireImages(source, value);
  const stored = asTrained(requireKnown('filters', filters), source);
  const [rows, channels, ...kernel] = stored.dimensions;
  const groups = numberOf(source, 'group', 1);
  const image = imageShapeOf(x);
  if (channels * groups !== image.channels || rows % groups !== 0) {
    throw new Error(
      `its filters are ${shapeWords(stored.dimensions)} in ${groups} groups; its input has ${image.channels} channels`,
    );
  }
  const placed = windowsOf(source, x, kernel);
  const shape = { channels: rows, height: placed.height, width: placed.width };
  const weights = blockFor(at, stored, rows);
  const own = biasFor(at, bias, rows, source);
  const degree = weighted(at.degrees[x.node], own !== undefined, weights.name);
  const { stride, dilation, before } = placed;
  const base = { inputs: [x.node], shape, weights, bias: own };
  const side = groups === 1 && !placed.row ? plainSide(placed, true) : undefined;
  const node =
    side !== undefined && stride[0] === stride[1]
      ? emit(
          at,
          { kind: 'convolution', ...base, kernel: side, stride: stride[0], padding: before[0] },
          degree,
        )
      : emit(
          at,
          {
            kind: 'grouped-convolution',
            ...base,
            kernel: placed.kernel,
            stride,
            dilation,
            before,
            groups,
          },
          degree,
        );
  return [windowed(node, shape, placed.row)];
}

/** W x for flat inputs, with W as units×inputs in either order of the file. */
function dense(
  at: Lowering,
  x: Computed,
  stored: Trained,
  units: number,
  order: 'as stored' | 'transposed',
  biasOf: () => Block | undefined = () => undefined,
): Computed {
  const weights = blockFor(at, stored, units, order);
  const bias = biasOf();
  const degree = weighted(at.degrees[x.node], bias !== undefined, weights.name);
  const input = viewed(at, x.node, flat(weights.columns));
  const node = emit(
    at,
    { kind: 'dense', inputs: [input], weights, bias, shape: flat(units) },
    degree,
  );
  return { node, dimensions: [1, units], batchAxis: 0 };
}

function gemm(at: Lowering, [value, matrix, bias]: Inputs, source: OnnxNode): Value[] {
  const x = requireComputed(source, value);
  const stored = asTrained(requireKnown('matrix', matrix), source);
  if (numberOf(source, 'transA', 0) !== 0 || x.dimensions.length !== 2 || x.batchAxis !== 0) {
    throw new Error('its input is not one row for each image');
  }
  const across = numberOf(source, 'transB', 0) === 1;
  const units = stored.dimensions[across ? 0 : 1];
  requireInner(x.dimensions[1], stored.dimensions[across ? 1 : 0]);
  const [alpha, beta] = [numberOf(source, 'alpha', 1), numberOf(source, 'beta', 1)];
  if (bias && beta !== 1) throw new Error(`its bias is multiplied by ${beta}`);
  if (bias && alpha !== 1) throw new Error(`its product is multiplied by ${alpha}`);
  const order = across ? 'as stored' : 'transposed';
  const product = dense(at, x, stored, units, order, () => biasFor(at, bias, units, source));
  return [scaledBy(at, product, alpha)];
}

function requireInner(found: number, expected: number): void {
  if (found !== expected)
    throw new Error(`its input has ${found} numbers; its weights take ${expected}`);
}

/** The last axis times a matrix, for every place of the others: a convolution of one pixel. */
function alongLast(at: Lowering, x: Computed, stored: Trained): Computed {
  const rank = x.dimensions.length;
  const [inner, units] = stored.dimensions;
  requireInner(x.dimensions[rank - 1], inner);
  const front = [rank - 1, ...Array.from({ length: rank - 1 }, (_, k) => k)];
  const forward = gathered(at, x, transposed(x.dimensions, front), front.indexOf(x.batchAxis));
  const places = countOf(x.dimensions) / inner;
  const input = viewed(at, forward.node, { channels: inner, height: 1, width: places });
  const weights = blockFor(at, stored, units, 'transposed');
  const degree = weighted(at.degrees[x.node], false, weights.name);
  const shape = { channels: units, height: 1, width: places };
  const node = emit(
    at,
    {
      kind: 'convolution',
      inputs: [input],
      shape,
      weights,
      bias: undefined,
      kernel: 1,
      stride: 1,
      padding: 0,
    },
    degree,
  );
  const first = [units, ...x.dimensions.slice(0, -1)];
  const back = [...Array.from({ length: rank - 1 }, (_, k) => k + 1), 0];
  return gathered(
    at,
    { node, dimensions: first, batchAxis: x.batchAxis + 1 },
    transposed(first, back),
    x.batchAxis,
  );
}

function matrixProduct(at: Lowering, [left, right]: Inputs, source: OnnxNode): Value[] {
  if (right && isKnown(right) && right.dimensions.length === 2) {
    const x = requireComputed(source, left);
    const stored = asTrained(right, source);
    if (x.batchAxis === x.dimensions.length - 1)
      throw new Error('it mixes the examples of a batch');
    if (x.dimensions.length > 2) return [alongLast(at, x, stored)];
    requireInner(x.dimensions[1], stored.dimensions[0]);
    return [dense(at, x, stored, stored.dimensions[1], 'transposed')];
  }
  const computed = [left, right].find((value): value is Computed => !!value && !isKnown(value));
  if (!left || !right || !computed) throw new Error('its inputs do not depend on the images');
  const { batchAxis } = computed;
  const [a, b] = [left, right].map((value) =>
    isKnown(value) ? alignedWith(at, value, computed, 1) : value,
  );
  const rank = Math.max(a.dimensions.length, b.dimensions.length);
  const outer = broadcast(a.dimensions.slice(0, -2), b.dimensions.slice(0, -2));
  const [rows, inner] = a.dimensions.slice(-2);
  const [other, columns] = b.dimensions.slice(-2);
  requireInner(inner, other);
  if (rank < 3 || batchAxis >= rank - 2) throw new Error('it mixes the examples of a batch');
  const channels = countOf(outer);
  const one = repeatedTo(at, a, [...outer, rows, inner]);
  const two = repeatedTo(at, b, [...outer, inner, columns]);
  const inputs = [
    viewed(at, one.node, { channels, height: rows, width: inner }),
    viewed(at, two.node, { channels, height: inner, width: columns }),
  ];
  const shape = { channels, height: rows, width: columns };
  const degree = multiplied(at.degrees[one.node], at.degrees[two.node]);
  const node = emit(at, { kind: 'matrix-product', inputs, shape, inner }, degree);
  const dimensions = [...outer, rows, columns];
  const result = { dimensions, batchAxis };
  return [{ node: viewed(at, node, imageShapeOf(result)), ...result }];
}

/** Operations with weights. */
export const weightOperations: Operations = {
  Conv: convolution,
  Gemm: gemm,
  MatMul: matrixProduct,
};
