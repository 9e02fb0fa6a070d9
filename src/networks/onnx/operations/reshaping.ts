import { axisOf, countOf } from '../axes.js';
import type { OnnxNode } from '../decode.js';
import {
  isKnown,
  listOf,
  numberOf,
  requireKnown,
  reshaped,
  type Known,
  type Lowering,
  type Value,
} from '../lowering.js';
import type { Operations } from './operation.js';

/** The length of the batch's axis, among lengths that are known. */
const BATCH = NaN;

/** The whole numbers of a fixed input. */
export function wholeList(what: string, value: Value | undefined): number[] {
  return [...requireKnown(what, value).values];
}

/** Throws where an axis is the batch's. */
export function requireOffBatch(value: Value, axis: number): void {
  if (!isKnown(value) && axis === value.batchAxis) {
    throw new Error('it mixes the examples of a batch');
  }
}

/** Axes from an input, or as older files have them from an attribute; undefined where there are none. */
export function axesFrom(
  second: Value | undefined,
  source: OnnxNode,
): readonly number[] | undefined {
  if (second) return wholeList('axes', second);
  const listed = listOf(source, 'axes', []);
  return listed.length > 0 ? listed : undefined;
}

/** The axes of a target in which 0 keeps a length, −1 is found, and the batch's is found too. */
function reshape(at: Lowering, value: Value, target: readonly number[], allowZero: boolean): Value {
  const count = countOf(value.dimensions);
  const plain = target.map((length, axis) =>
    length === 0 && !allowZero ? (value.dimensions[axis] ?? 0) : length,
  );
  if (isKnown(value)) {
    const found = completed(plain, count);
    if (!found) throw new Error(`${count} numbers can't have the shape ${target.join('×')}`);
    return { ...value, dimensions: found };
  }
  const before = countOf(value.dimensions.slice(0, value.batchAxis));
  const kept = target.map((length, axis) => length === 0 && !allowZero && axis === value.batchAxis);
  const marks: ((axis: number) => boolean)[] = [
    (axis) => Number.isNaN(plain[axis]) || kept[axis],
    (axis) => plain[axis] === at.fixedBatch,
    (axis) => plain[axis] === -1,
  ];
  for (const isBatch of marks) {
    for (let axis = 0; axis < plain.length; axis++) {
      if (!isBatch(axis)) continue;
      const rest = plain.map((length, k) => (k === axis ? 1 : length));
      const found = completed(rest, count);
      if (found && countOf(found.slice(0, axis)) === before)
        return reshaped(at, value, found, axis);
    }
  }
  throw new Error(`its shape ${target.join('×')} mixes the examples of a batch, or does not fit`);
}

/** A shape with its −1 replaced; undefined where it does not hold so many numbers. */
function completed(target: readonly number[], count: number): number[] | undefined {
  const open = target.indexOf(-1);
  const others = countOf(target.filter((_, k) => k !== open));
  const found = target.map((length, k) => (k === open ? count / others : length));
  return found.every((length) => Number.isInteger(length) && length >= 0) &&
    countOf(found) === count
    ? found
    : undefined;
}

function unsqueeze(at: Lowering, value: Value, axes: readonly number[]): Value {
  const rank = value.dimensions.length + axes.length;
  const places = axes.map((axis) => axisOf(axis, rank)).sort((a, b) => a - b);
  const dimensions = [...value.dimensions];
  let batchAxis = isKnown(value) ? 0 : value.batchAxis;
  for (const place of places) {
    dimensions.splice(place, 0, 1);
    if (batchAxis >= place) batchAxis++;
  }
  return isKnown(value) ? { ...value, dimensions } : reshaped(at, value, dimensions, batchAxis);
}

function squeeze(at: Lowering, value: Value, axes: readonly number[] | undefined): Value {
  const rank = value.dimensions.length;
  const batch = isKnown(value) ? -1 : value.batchAxis;
  const out = new Set(
    axes?.map((axis) => axisOf(axis, rank)) ??
      value.dimensions.flatMap((length, axis) => (length === 1 && axis !== batch ? [axis] : [])),
  );
  for (const axis of out) requireOffBatch(value, axis);
  const dimensions = value.dimensions.filter((_, axis) => !out.has(axis));
  if (isKnown(value)) return { ...value, dimensions };
  const before = [...out].filter((axis) => axis < batch).length;
  return reshaped(at, value, dimensions, batch - before);
}

function shapeOf(value: Value): Known {
  const lengths = value.dimensions.map((length, axis) =>
    !isKnown(value) && axis === value.batchAxis ? BATCH : length,
  );
  return { dimensions: [lengths.length], values: Float64Array.from(lengths), whole: true };
}

/** Operations that give the same numbers other axes, and the one that tells them. */
export const reshapingOperations: Operations = {
  Shape(_at, [value], source) {
    const { values } = shapeOf(value!);
    const rank = values.length;
    const start = numberOf(source, 'start', 0);
    const end = numberOf(source, 'end', rank);
    const part = values.slice(start, end);
    return [{ dimensions: [part.length], values: part, whole: true }];
  },
  Reshape: (at, [value, target], source) => [
    reshape(at, value!, wholeList('shape', target), numberOf(source, 'allowzero', 0) === 1),
  ],
  Flatten(at, [value], source) {
    const { dimensions } = value!;
    const axis = numberOf(source, 'axis', 1);
    const place = axis < 0 ? axis + dimensions.length : axis;
    if (isKnown(value!)) {
      const rows = countOf(dimensions.slice(0, place));
      return [{ ...value, dimensions: [rows, value.values.length / rows] }];
    }
    if (value!.batchAxis !== 0 || place !== 1) throw new Error('it mixes the examples of a batch');
    return [reshaped(at, value!, [1, countOf(dimensions)], 0)];
  },
  Unsqueeze: (at, [value, axes], source) => [unsqueeze(at, value!, axesFrom(axes, source) ?? [])],
  Squeeze: (at, [value, axes], source) => [squeeze(at, value!, axesFrom(axes, source))],
};
