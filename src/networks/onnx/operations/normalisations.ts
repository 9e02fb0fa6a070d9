import { notHomogeneous } from '../../degree.js';
import { axisOf, countOf, transposed } from '../axes.js';
import type { OnnxNode } from '../decode.js';
import {
  asComputed,
  asWritten,
  blockFor,
  emit,
  gathered,
  imageShapeOf,
  listOf,
  numberOf,
  repeatedTo,
  requireComputed,
  requireKnown,
  viewed,
  type Computed,
  type Known,
  type Lowering,
  type Value,
} from '../lowering.js';
import { product, sum, unscaled } from './builders.js';
import type { Inputs, Operations } from './operation.js';

const epsilonOf = (source: OnnxNode) => asWritten(numberOf(source, 'epsilon', 1e-5));

/** What exporters call the parameters of a normalisation. */
const PARAMETER = /(weight|bias|gamma|beta|scale|shift)$/;

/**
 * True where a normalisation has no scale and shift of its own: exporters write ones and zeros for them,
 * under names of their own.
 */
function isTrivial(scale: Known, shift: Known): boolean {
  if (scale.trained === undefined) return true;
  const plain = scale.values.every((s) => s === 1) && shift.values.every((s) => s === 0);
  return plain && !PARAMETER.test(scale.trained);
}

/** Batch norm with the statistics of the file; its scale and shift are left out where it has none. */
function batchNorm(at: Lowering, [value, ...rest]: Inputs, source: OnnxNode): Value[] {
  const x = requireComputed(source, value);
  if (x.batchAxis !== 0 || x.dimensions.length < 2)
    throw new Error('its channels are not the second axis');
  const names = ['scale', 'shift', 'mean', 'variance'];
  const [scale, shift, mean, variance] = names.map((name, k) => requireKnown(name, rest[k]));
  const shape = imageShapeOf(x);
  const { channels } = shape;
  for (const { values } of [scale, shift, mean, variance]) {
    if (values.length !== channels) {
      throw new Error(
        `its numbers are ${values.length} a kind; its input has ${channels} channels`,
      );
    }
  }
  const epsilon = epsilonOf(source);
  const { trained } = scale;
  if (trained === undefined || isTrivial(scale, shift))
    return [fixedNorm(at, x, [scale, shift, mean, variance], epsilon)];
  const statisticsAt = at.statisticsCount;
  at.statisticsCount += 2 * channels;
  at.statistics.push(mean.values, variance.values);
  const node = emit(
    at,
    {
      kind: 'batch-norm',
      inputs: [viewed(at, x.node, shape)],
      shape,
      epsilon,
      scale: blockFor(at, { ...scale, trained }, channels, 'as stored', 1),
      shift: blockFor(
        at,
        { ...shift, trained: shift.trained ?? `${source.name} shift` },
        channels,
        'as stored',
        0,
      ),
      statisticsAt,
    },
    notHomogeneous(`${trained} belongs to a batch norm, which adds a shift`),
  );
  return [{ ...x, node: viewed(at, node, imageShapeOf(x)) }];
}

/** factor · x + constant for each channel, with fixed numbers. */
function fixedNorm(
  at: Lowering,
  x: Computed,
  [scale, shift, mean, variance]: readonly Known[],
  epsilon: number,
): Computed {
  const factor = scale.values.map((s, k) => s / Math.sqrt(variance.values[k] + epsilon));
  const constant = shift.values.map((s, k) => s - mean.values[k] * factor[k]);
  const dimensions = x.dimensions.map((length, axis) => (axis === 1 ? length : 1));
  const known = (values: Float64Array): Computed =>
    repeatedTo(at, asComputed(at, { dimensions, values, whole: false }, 0, 0), x.dimensions);
  return sum(at, product(at, x, known(factor)), known(constant));
}

/** Numbers of each group of consecutive ones made of one size. */
function inGroups(
  at: Lowering,
  x: Computed,
  size: number,
  epsilon: number,
  centred: boolean,
): Computed {
  const rows = countOf(x.dimensions) / size;
  const shape = { channels: rows, height: 1, width: size };
  const input = viewed(at, x.node, shape);
  const degree = unscaled(at.degrees[x.node], 'a normalisation');
  const node = emit(at, { kind: 'normalise', inputs: [input], shape, epsilon, centred }, degree);
  return { ...x, node: viewed(at, node, imageShapeOf(x)) };
}

/** Times a scale, plus a shift, where there are any; both have the axes that `as` gives them. */
function affine(
  at: Lowering,
  x: Computed,
  scale: Value | undefined,
  shift: Value | undefined,
  as: (value: Known) => readonly number[],
): Computed {
  const node = (value: Value, initially: number) => {
    const known = requireKnown('scale or shift', value);
    const shaped = { ...known, dimensions: as(known) };
    return repeatedTo(at, asComputed(at, shaped, x.batchAxis, initially), x.dimensions);
  };
  const times = scale ? product(at, x, node(scale, 1)) : x;
  return shift ? sum(at, times, node(shift, 0)) : times;
}

function layerNorm(centred: boolean) {
  return (at: Lowering, [value, scale, shift]: Inputs, source: OnnxNode): Value[] => {
    const x = requireComputed(source, value);
    const rank = x.dimensions.length;
    const axis = axisOf(numberOf(source, 'axis', -1), rank);
    if (x.batchAxis >= axis) throw new Error('it mixes the examples of a batch');
    const size = countOf(x.dimensions.slice(axis));
    const even = inGroups(at, x, size, epsilonOf(source), centred);
    const as = ({ dimensions }: Known) => [
      ...Array<number>(rank - dimensions.length).fill(1),
      ...dimensions,
    ];
    return [affine(at, even, scale, shift, as)];
  };
}

/** Groups of channels, of images with the batch as their first axis. */
function groupNorm(at: Lowering, [value, scale, shift]: Inputs, source: OnnxNode): Value[] {
  const x = requireComputed(source, value);
  const [, channels] = x.dimensions;
  const groups =
    source.operation === 'InstanceNormalization' ? channels : numberOf(source, 'num_groups', 1);
  if (x.batchAxis !== 0 || channels % groups !== 0)
    throw new Error('its channels are not whole groups');
  const even = inGroups(at, x, countOf(x.dimensions) / groups, epsilonOf(source), true);
  const as = ({ values }: Known) => {
    if (values.length !== channels)
      throw new Error(`its scale has ${values.length} numbers; expected ${channels}`);
    return x.dimensions.map((length, axis) => (axis === 1 ? length : 1));
  };
  const trivial = !scale || !shift || isTrivial(requireKnown('scale', scale), requireKnown('shift', shift)); // prettier-ignore
  return [trivial ? even : affine(at, even, scale, shift, as)];
}

/** x with some axes last and the others in their order; and how to put them back. */
function axesLast(at: Lowering, x: Computed, axes: readonly number[]) {
  const others = x.dimensions.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  const order = [...others, ...axes];
  const moved = order.every((axis, k) => axis === k)
    ? x
    : gathered(at, x, transposed(x.dimensions, order), order.indexOf(x.batchAxis));
  const size = countOf(axes.map((axis) => x.dimensions[axis]));
  return { moved, order, size };
}

function requireOff(x: Computed, axes: readonly number[]): void {
  if (axes.includes(x.batchAxis)) throw new Error('it mixes the examples of a batch');
}

function reduceMean(at: Lowering, [value, second]: Inputs, source: OnnxNode): Value[] {
  const x = requireComputed(source, value);
  const rank = x.dimensions.length;
  const listed = second ? [...requireKnown('axes', second).values] : listOf(source, 'axes', []);
  const axes = listed.map((axis) => axisOf(axis, rank)).sort((a, b) => a - b);
  requireOff(x, axes);
  const keep = numberOf(source, 'keepdims', 1) === 1;
  const dimensions = x.dimensions.flatMap((length, axis) =>
    !axes.includes(axis) ? [length] : keep ? [1] : [],
  );
  const batchAxis = keep
    ? x.batchAxis
    : x.batchAxis - axes.filter((axis) => axis < x.batchAxis).length;
  const { moved, size } = axesLast(at, x, axes);
  const rows = countOf(x.dimensions) / size;
  const input = viewed(at, moved.node, { channels: rows, height: 1, width: size });
  const shape = { channels: rows, height: 1, width: 1 };
  const node = emit(at, { kind: 'row-mean', inputs: [input], shape }, at.degrees[x.node]);
  const result = { dimensions, batchAxis };
  return [{ node: viewed(at, node, imageShapeOf(result)), ...result }];
}

function softmax(at: Lowering, [value]: Inputs, source: OnnxNode): Value[] {
  const x = requireComputed(source, value);
  const axis = axisOf(numberOf(source, 'axis', -1), x.dimensions.length);
  requireOff(x, [axis]);
  const { moved, order, size } = axesLast(at, x, [axis]);
  const shape = { channels: countOf(x.dimensions) / size, height: 1, width: size };
  const degree = unscaled(at.degrees[x.node], 'softmax');
  const inputs = [viewed(at, moved.node, shape)];
  const node = emit(at, { kind: 'softmax', inputs, shape }, degree);
  const there = { ...moved, node: viewed(at, node, imageShapeOf(moved)) };
  if (moved === x) return [there];
  const back = order.map((_, k) => order.indexOf(k));
  return [gathered(at, there, transposed(moved.dimensions, back), x.batchAxis)];
}

/** Normalisations, means and softmax. */
export const normalisingOperations: Operations = {
  BatchNormalization: batchNorm,
  LayerNormalization: layerNorm(true),
  RMSNormalization: layerNorm(false),
  GroupNormalization: groupNorm,
  InstanceNormalization: groupNorm,
  ReduceMean: reduceMean,
  Softmax: softmax,
};
