import {
  axisOf,
  broadcast,
  chosen,
  countOf,
  repeated,
  sliceIndices,
  transposed,
  type Picks,
} from '../axes.js';
import type { OnnxNode } from '../decode.js';
import {
  asComputed,
  emit,
  gathered,
  imageShapeOf,
  isKnown,
  listOf,
  numberOf,
  requireKnown,
  wordOf,
  type Computed,
  type Known,
  type Lowering,
  type Value,
} from '../lowering.js';
import { agreed } from '../../image/draft.js';
import type { Operations } from './operation.js';
import { axesFrom, requireOffBatch, wholeList } from './reshaping.js';

/** A value rearranged; one that is known is rearranged at once. */
function rearranged(at: Lowering, value: Value, picks: Picks, batchAxis = 0): Value {
  if (!isKnown(value)) return gathered(at, value, picks, batchAxis);
  const values = Float64Array.from(picks.at, (place) => value.values[place]);
  return moved(value, picks, values);
}

/** A tensor whose numbers changed places is no tensor of the file any more, unless they did not. */
function moved(value: Known, { dimensions, at }: Picks, values: Float64Array): Known {
  const kept = at.length === value.values.length && at.every((place, k) => place === k);
  return { ...value, dimensions, values, ...(kept ? {} : { rearranged: true }) };
}

/** Where the batch's axis is after axes were put in or taken out. */
function shifted(value: Value, axis: number, by: number): number {
  if (isKnown(value)) return 0;
  return value.batchAxis >= axis ? value.batchAxis + by : value.batchAxis;
}

function gather(at: Lowering, value: Value, indices: Known, axis: number): Value {
  const place = axisOf(axis, value.dimensions.length);
  requireOffBatch(value, place);
  const picks = chosen(value.dimensions, place, [...indices.values]);
  const dimensions = [
    ...value.dimensions.slice(0, place),
    ...indices.dimensions,
    ...value.dimensions.slice(place + 1),
  ];
  const batchAxis = shifted(value, place, indices.dimensions.length - 1);
  return rearranged(at, value, { dimensions, at: picks.at }, batchAxis);
}

/** True for bounds that keep a whole axis. */
function isWhole(start: number, end: number, step: number): boolean {
  return start === 0 && step === 1 && end >= 2 ** 31 - 1;
}

function slice(at: Lowering, value: Value, bounds: readonly (readonly number[])[]): Value {
  const [starts, ends, axes, steps] = bounds;
  return starts.reduce<Value>((current, start, k) => {
    const axis = axisOf(axes[k], current.dimensions.length);
    if (isWhole(start, ends[k], steps[k])) return current;
    requireOffBatch(current, axis);
    const indices = sliceIndices(start, ends[k], steps[k], current.dimensions[axis]);
    const batchAxis = isKnown(current) ? 0 : current.batchAxis;
    return rearranged(at, current, chosen(current.dimensions, axis, indices), batchAxis);
  }, value);
}

function concatenate(at: Lowering, values: readonly Value[], axis: number): Value {
  const computed = values.find((value): value is Computed => !isKnown(value));
  const rank = values[0].dimensions.length;
  const place = axisOf(axis, rank);
  const dimensions = values[0].dimensions.map((length, k) =>
    k === place ? values.reduce((sum, value) => sum + value.dimensions[place], 0) : length,
  );
  const inner = countOf(dimensions.slice(place + 1));
  const outer = countOf(dimensions.slice(0, place));
  const from: number[] = [];
  const places: number[] = [];
  for (let o = 0; o < outer; o++) {
    values.forEach((value, k) => {
      const run = value.dimensions[place] * inner;
      for (let p = 0; p < run; p++) {
        from.push(k);
        places.push(o * run + p);
      }
    });
  }
  if (!computed) {
    const known = values as readonly Known[];
    return {
      dimensions,
      values: Float64Array.from(from, (k, p) => known[k].values[places[p]]),
      whole: known[0].whole,
    };
  }
  requireOffBatch(computed, place);
  const { batchAxis } = computed;
  const parts = values.map((value) => asComputed(at, value, batchAxis, 0));
  const shape = imageShapeOf({ dimensions, batchAxis });
  const inputs = parts.map(({ node }) => node);
  const degree = inputs
    .map((input) => at.degrees[input])
    .reduce((one, other) => agreed(one, other, 'a concatenation joins'));
  // Channels that follow each other need no copy.
  const byChannels = place === (batchAxis === 0 ? 1 : 0);
  const node = emit(
    at,
    byChannels
      ? { kind: 'concatenate', inputs, shape }
      : {
          kind: 'gather',
          inputs,
          shape,
          from: Int32Array.from(from),
          at: Int32Array.from(places),
          fill: 0,
        },
    degree,
  );
  return { node, dimensions, batchAxis };
}

function expand(at: Lowering, value: Value, target: readonly number[]): Value {
  const batch = target.findIndex((length) => Number.isNaN(length));
  const lengths = target.map((length) => (Number.isNaN(length) ? 1 : length));
  const dimensions = broadcast(value.dimensions, lengths);
  if (!isKnown(value)) {
    const batchAxis = value.batchAxis + dimensions.length - value.dimensions.length;
    return gathered(at, value, repeated(value.dimensions, dimensions), batchAxis);
  }
  if (batch < 0) return rearranged(at, value, repeated(value.dimensions, dimensions));
  const lead = dimensions.length - value.dimensions.length;
  const whole = { ...value, dimensions: [...Array<number>(lead).fill(1), ...value.dimensions] };
  const batchAxis = dimensions.length - target.length + batch;
  const node = asComputed(at, whole, batchAxis, 0);
  return gathered(at, node, repeated(node.dimensions, dimensions), batchAxis);
}

function pad(at: Lowering, value: Value, pads: readonly number[], fill: number): Value {
  const rank = value.dimensions.length;
  if (isKnown(value)) throw new Error('padding fixed numbers is not supported');
  let current = value;
  for (let axis = 0; axis < rank; axis++) {
    const [before, after] = [pads[axis], pads[axis + rank]];
    if (before === 0 && after === 0) continue;
    requireOffBatch(value, axis);
    const length = current.dimensions[axis];
    const indices = Array.from({ length: length + before + after }, (_, k) => k - before);
    const inside = indices.map((index) => Math.min(Math.max(index, 0), length - 1));
    const picks = chosen(current.dimensions, axis, inside);
    const inner = countOf(picks.dimensions.slice(axis + 1));
    const from = Int32Array.from(picks.at, (_, k) => {
      const index = indices[Math.floor(k / inner) % indices.length];
      return index < 0 || index >= length ? -1 : 0;
    });
    const shape = imageShapeOf({ dimensions: picks.dimensions, batchAxis: current.batchAxis });
    const node = emit(
      at,
      { kind: 'gather', inputs: [current.node], shape, from, at: picks.at, fill },
      at.degrees[current.node],
    );
    current = { ...current, node, dimensions: picks.dimensions };
  }
  return current;
}

function split(at: Lowering, value: Value, sizes: Value | undefined, source: OnnxNode): Value[] {
  const axis = axisOf(numberOf(source, 'axis', 0), value.dimensions.length);
  requireOffBatch(value, axis);
  const length = value.dimensions[axis];
  const parts = source.outputs.length;
  const even = Math.ceil(length / parts);
  const lengths = sizes
    ? wholeList('sizes', sizes)
    : listOf(
        source,
        'split',
        Array.from({ length: parts }, (_, k) => Math.min(even, length - k * even)),
      );
  let start = 0;
  return lengths.map((own) => {
    const first = start;
    start += own;
    const indices = Array.from({ length: own }, (_, k) => first + k);
    const batchAxis = isKnown(value) ? 0 : value.batchAxis;
    return rearranged(at, value, chosen(value.dimensions, axis, indices), batchAxis);
  });
}

function transpose(at: Lowering, value: Value, source: OnnxNode): Value {
  const rank = value.dimensions.length;
  const backwards = Array.from({ length: rank }, (_, k) => rank - 1 - k);
  const order = listOf(source, 'perm', backwards);
  const batchAxis = isKnown(value) ? 0 : order.indexOf(value.batchAxis);
  return rearranged(at, value, transposed(value.dimensions, order), batchAxis);
}

/** Operations that move numbers. */
export const shapeOperations: Operations = {
  Transpose: (at, [value], source) => [transpose(at, value!, source)],
  Gather: (at, [value, indices], source) => [
    gather(at, value!, requireKnown('indices', indices), numberOf(source, 'axis', 0)),
  ],
  Slice(at, [value, starts, ends, axes, steps], source) {
    const first = starts ? wholeList('starts', starts) : listOf(source, 'starts', []);
    const last = ends ? wholeList('ends', ends) : listOf(source, 'ends', []);
    const along = axesFrom(axes, source) ?? first.map((_, k) => k);
    const by = steps ? wholeList('steps', steps) : first.map(() => 1);
    return [slice(at, value!, [first, last, along, by])];
  },
  Split: (at, [value, sizes], source) => split(at, value!, sizes, source),
  Concat: (at, values, source) => [
    concatenate(
      at,
      values.map((value) => value!),
      numberOf(source, 'axis', 0),
    ),
  ],
  Expand: (at, [value, target]) => [expand(at, value!, wholeList('shape', target))],
  Pad(at, [value, pads, fill], source) {
    if (wordOf(source, 'mode', 'constant') !== 'constant') {
      throw new Error('its mode is not constant');
    }
    const sides = pads ? wholeList('pads', pads) : listOf(source, 'pads', []);
    return [pad(at, value!, sides, fill ? requireKnown('value', fill).values[0] : 0)];
  },
};
