import type { OnnxTensor } from '../decode.js';
import { broadcast, countOf, repeated } from '../axes.js';
import {
  isKnown,
  numberOf,
  requireKnown,
  type Computed,
  type Known,
  type Lowering,
  type Value,
} from '../lowering.js';
import { alignedWith, pointwise, product, sum } from './builders.js';
import type { Inputs, Operations } from './operation.js';

/** Two fixed arrays combined number by number. */
export function combined(a: Known, b: Known, combine: (x: number, y: number) => number): Known {
  const dimensions = broadcast(a.dimensions, b.dimensions);
  const [one, other] = [a, b].map(({ dimensions: own }) => repeated(own, dimensions).at);
  return {
    dimensions,
    values: Float64Array.from(one, (place, k) => combine(a.values[place], b.values[other[k]])),
    whole: a.whole && b.whole,
  };
}

/** A fixed array changed number by number. */
export function changed(a: Known, change: (x: number) => number): Known {
  return { dimensions: a.dimensions, values: a.values.map((x) => change(x)), whole: a.whole };
}

function knownOf(tensor: OnnxTensor): Known {
  const { dimensions, values, whole } = tensor;
  return { dimensions, values, whole };
}

/** Comparisons, which files use to work out shapes, and to choose between two forms of a function. */
const comparison =
  (
    compare: (x: number, y: number) => boolean,
    computed?: (at: Lowering, x: Computed, bound: number) => Computed,
  ) =>
  (at: Lowering, [a, b]: Inputs): Value[] => {
    const bound = requireKnown('second input', b);
    if (computed && a && !isKnown(a) && bound.values.length === 1) {
      return [computed(at, a, bound.values[0])];
    }
    return [combined(requireKnown('first input', a), bound, (x, y) => Number(compare(x, y)))];
  };

/** One of two values for each number, by a condition of 0 and 1. */
function choice(at: Lowering, condition: Computed, a: Value, b: Value): Computed {
  const [one, other] = [a, b].map((value) =>
    isKnown(value) ? alignedWith(at, value, condition, 0) : value,
  );
  const opposite = pointwise(at, pointwise(at, condition, 'scaled', -1), 'shifted', 1);
  return sum(at, product(at, condition, one), product(at, opposite, other));
}

/** Operations on numbers that do not depend on the images. */
export const fixedOperations: Operations = {
  Constant(_at, _inputs, { attributes }) {
    const tensor = attributes.get('value');
    if (tensor !== undefined) return [knownOf(tensor as OnnxTensor)];
    for (const [name, whole] of [
      ['value_float', false],
      ['value_floats', false],
      ['value_int', true],
      ['value_ints', true],
    ] as const) {
      // prettier-ignore
      const value = attributes.get(name);
      if (value === undefined) continue;
      const values = Float64Array.from(Array.isArray(value) ? value : [Number(value)]);
      return [{ dimensions: Array.isArray(value) ? [values.length] : [], values, whole }];
    }
    throw new Error('its value is no number');
  },
  ConstantOfShape(_at, [shape], { attributes }) {
    const dimensions = [...requireKnown('shape', shape).values];
    const tensor = attributes.get('value') as OnnxTensor | undefined;
    const values = new Float64Array(countOf(dimensions)).fill(tensor?.values[0] ?? 0);
    return [{ dimensions, values, whole: tensor?.whole ?? false }];
  },
  Range(_at, inputs) {
    const [start, limit, step] = inputs.map((input) => requireKnown('bounds', input).values[0]);
    const length = Math.max(0, Math.ceil((limit - start) / step));
    const values = Float64Array.from({ length }, (_, k) => start + k * step);
    return [{ dimensions: [length], values, whole: true }];
  },
  Equal: comparison((x, y) => x === y || (Number.isNaN(x) && Number.isNaN(y))),
  Greater: comparison(
    (x, y) => x > y,
    (at, x, bound) => pointwise(at, x, 'above', bound),
  ),
  Less: comparison(
    (x, y) => x < y,
    (at, x, bound) => pointwise(at, pointwise(at, x, 'scaled', -1), 'above', -bound),
  ),
  Where(at, [condition, a, b]) {
    if (condition && !isKnown(condition)) return [choice(at, condition, a!, b!)];
    const test = requireKnown('condition', condition);
    const [one, other] = [requireKnown('first choice', a), requireKnown('second choice', b)];
    const pair = combined(one, other, (x) => x);
    const rest = combined(one, other, (_x, y) => y);
    const mask = combined(test, pair, (x) => x);
    const [first, second] = [
      combined(test, pair, (_x, y) => y),
      combined(test, rest, (_x, y) => y),
    ];
    return [
      {
        dimensions: first.dimensions,
        values: first.values.map((x, k) => (mask.values[k] ? x : second.values[k])),
        whole: one.whole && other.whole,
      },
    ];
  },
  ReduceProd(_at, [value], source) {
    const { values, whole } = requireKnown('input', value);
    const dimensions = numberOf(source, 'keepdims', 1) === 1 ? [1] : [];
    return [{ dimensions, values: Float64Array.of(countOf([...values])), whole }];
  },
  Cast(_at, [value], { attributes }) {
    if (!isKnown(value!)) return [value!];
    const whole = [2, 3, 4, 5, 6, 7, 9, 12, 13].includes(Number(attributes.get('to')));
    const values = whole ? value.values.map(Math.trunc) : value.values;
    return [{ ...value, values, whole }];
  },
  Identity: (_at, [value]) => [value!],
  Dropout: (_at, [value]) => [value!],
};
