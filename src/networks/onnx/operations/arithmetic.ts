import {
  isKnown,
  requireKnown,
  type Computed,
  type Known,
  type Lowering,
  type Value,
} from '../lowering.js';
import { alignedWith, pointwise, product, scaledBy, sum } from './builders.js';
import { combined } from './fixed.js';
import type { Inputs, Lower, Operations } from './operation.js';

/** True for one number that no training changes, whatever it is called in the file. */
function isScalar(value: Known): boolean {
  return value.values.length === 1;
}

/**
 * An operation on two values: fixed ones are combined at once, a single fixed number is part of a function,
 * and more of them are a node of their own, trained where the file has them as a tensor.
 */
const binary =
  (
    fixed: (x: number, y: number) => number,
    withScalar: (at: Lowering, x: Computed, scalar: number, first: boolean) => Computed,
    both: (at: Lowering, a: Computed, b: Computed) => Computed,
    initially: number,
  ): Lower =>
  (at, [a, b]) => {
    const [one, other] = [a!, b!];
    if (isKnown(one)) {
      if (isKnown(other)) return [combined(one, other, fixed)];
      if (isScalar(one)) return [withScalar(at, other, one.values[0], true)];
      return [both(at, alignedWith(at, one, other, initially), other)];
    }
    if (!isKnown(other)) return [both(at, one, other)];
    if (isScalar(other)) return [withScalar(at, one, other.values[0], false)];
    return [both(at, one, alignedWith(at, other, one, initially))];
  };

const shiftedBy = (at: Lowering, x: Computed, by: number) =>
  by === 0 ? x : pointwise(at, x, 'shifted', by);
const inverse = (at: Lowering, x: Computed) => pointwise(at, x, 'reciprocal');

function power(at: Lowering, [base, exponent]: Inputs): Value[] {
  const by = requireKnown('exponent', exponent);
  if (isKnown(base!)) return [combined(base, by, Math.pow)];
  if (!isScalar(by)) throw new Error('its exponents differ');
  return [pointwise(at, base!, 'power', by.values[0])];
}

/** Sums, products and what is made of them. */
export const arithmeticOperations: Operations = {
  Add: binary((x, y) => x + y, shiftedBy, sum, 0),
  Sub: binary(
    (x, y) => x - y,
    (at, x, by, first) => (first ? shiftedBy(at, scaledBy(at, x, -1), by) : shiftedBy(at, x, -by)),
    (at, a, b) => sum(at, a, scaledBy(at, b, -1)),
    0,
  ),
  Mul: binary((x, y) => x * y, scaledBy, product, 1),
  Div: binary(
    (x, y) => x / y,
    (at, x, by, first) => (first ? scaledBy(at, inverse(at, x), by) : scaledBy(at, x, 1 / by)),
    (at, a, b) => product(at, a, inverse(at, b)),
    1,
  ),
  Pow: power,
};
