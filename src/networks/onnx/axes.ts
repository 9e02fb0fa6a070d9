/** A rearrangement of an array: the lengths of what comes out, and for each of its numbers the place in what went in. */
export interface Picks {
  readonly dimensions: readonly number[];
  readonly at: Int32Array;
}

/** Numbers in an array. */
export function countOf(dimensions: readonly number[]): number {
  return dimensions.reduce((product, length) => product * length, 1);
}

/** Steps from one number to the next along each axis, the last axis running fastest. */
function strides(dimensions: readonly number[]): number[] {
  const steps: number[] = [];
  let step = 1;
  for (let axis = dimensions.length - 1; axis >= 0; axis--) {
    steps[axis] = step;
    step *= dimensions[axis];
  }
  return steps;
}

/** An axis counted from the front; −1 is the last of `rank`. */
export function axisOf(axis: number, rank: number): number {
  const counted = axis < 0 ? axis + rank : axis;
  if (Number.isInteger(counted) && counted >= 0 && counted < Math.max(rank, 1)) return counted;
  throw new Error(`axis ${axis} is none of its ${rank}`);
}

/** For each place of the output, Σ over axes of `offsetOf(axis, index)`. */
function picked(
  dimensions: readonly number[],
  offsetOf: (axis: number, index: number) => number,
): Picks {
  const at = new Int32Array(countOf(dimensions));
  const index = dimensions.map(() => 0);
  const offsets = dimensions.map((length, axis) =>
    Array.from({ length }, (_, k) => offsetOf(axis, k)),
  );
  for (let k = 0; k < at.length; k++) {
    at[k] = index.reduce((sum, i, axis) => sum + offsets[axis][i], 0);
    for (let axis = index.length - 1; axis >= 0; axis--) {
      if (++index[axis] < dimensions[axis]) break;
      index[axis] = 0;
    }
  }
  return { dimensions, at };
}

/** Axis k of the output is axis `order[k]` of the input. */
export function transposed(dimensions: readonly number[], order: readonly number[]): Picks {
  const steps = strides(dimensions);
  return picked(
    order.map((axis) => dimensions[axis]),
    (axis, index) => index * steps[order[axis]],
  );
}

/** The indices kept along one axis, in their order; negative ones count from the end. */
export function chosen(
  dimensions: readonly number[],
  axis: number,
  indices: readonly number[],
): Picks {
  const steps = strides(dimensions);
  const length = dimensions[axis];
  const kept = indices.map((index) => (index < 0 ? index + length : index));
  const odd = kept.findIndex((index) => !(index >= 0 && index < length));
  if (odd >= 0) throw new Error(`index ${indices[odd]} is none of the ${length} of axis ${axis}`);
  return picked(
    dimensions.map((own, k) => (k === axis ? kept.length : own)),
    (k, index) => steps[k] * (k === axis ? kept[index] : index),
  );
}

/** Repeated along axes of length 1 and new axes in front. Throws where the shapes do not fit. */
export function repeated(dimensions: readonly number[], target: readonly number[]): Picks {
  const lead = target.length - dimensions.length;
  const steps = strides(dimensions);
  const fits = dimensions.every((length, k) => length === 1 || length === target[k + lead]);
  if (lead < 0 || !fits) {
    throw new Error(`${dimensions.join('×')} can't be repeated to ${target.join('×')}`);
  }
  return picked(target, (axis, index) => {
    const own = axis - lead;
    return own < 0 || dimensions[own] === 1 ? 0 : index * steps[own];
  });
}

/** The shape of two arrays that are combined number by number. */
export function broadcast(a: readonly number[], b: readonly number[]): number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, k) => {
    const [one, other] = [a[k - rank + a.length] ?? 1, b[k - rank + b.length] ?? 1];
    if (one !== other && one !== 1 && other !== 1) {
      throw new Error(`${a.join('×')} and ${b.join('×')} can't be combined`);
    }
    return one === 1 ? other : one;
  });
}

/** Indices from `start` to before `end`, as slices count: clamped, and backwards for a negative step. */
export function sliceIndices(start: number, end: number, step: number, length: number): number[] {
  if (step === 0) throw new Error('a slice has step 0');
  const within = (value: number, low: number, high: number) =>
    Math.min(Math.max(value < 0 ? value + length : value, low), high);
  const [first, last] =
    step > 0
      ? [within(start, 0, length), within(end, 0, length)]
      : [within(start, 0, length - 1), end < -length ? -1 : within(end, -1, length - 1)];
  const count = Math.max(0, Math.ceil((last - first) / step));
  return Array.from({ length: count }, (_, k) => first + k * step);
}
