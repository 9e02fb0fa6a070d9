import { multiplyDegree, notHomogeneous, raiseDegree, type Degree } from '../../degree.js';
import { agreed } from '../../image/draft.js';
import { pointwiseFunctions, type PointwiseName } from '../../image/kinds/graph/functions.js';
import { broadcast } from '../axes.js';
import {
  asComputed,
  emit,
  repeatedTo,
  type Computed,
  type Known,
  type Lowering,
} from '../lowering.js';

/** A function of every number of a computed value. */
export function pointwise(
  at: Lowering,
  value: Computed,
  name: PointwiseName,
  ...numbers: readonly number[]
): Computed {
  const { shape } = at.nodes[value.node];
  const degree = degreeAfter(at.degrees[value.node], name, numbers);
  const node = emit(
    at,
    { kind: 'pointwise', inputs: [value.node], shape, function: name, numbers },
    degree,
  );
  return { ...value, node };
}

function degreeAfter(before: Degree, name: PointwiseName, numbers: readonly number[]): Degree {
  const { homogeneous, order } = pointwiseFunctions[name];
  if (homogeneous(numbers[0])) return multiplyDegree(before, order(numbers[0]));
  return unscaled(before, name);
}

/**
 * The degree after something that does not scale with its input: none, but for what does not depend on the
 * parameters; a reason that was there stays.
 */
export function unscaled(before: Degree, what: string): Degree {
  if (!before.homogeneous || before.degree === 0) return before;
  return notHomogeneous(`${what} does not scale with its input`);
}

/** Two computed values as ones of the same shape. */
function paired(at: Lowering, a: Computed, b: Computed): [Computed, Computed] {
  const dimensions = broadcast(a.dimensions, b.dimensions);
  return [repeatedTo(at, a, dimensions), repeatedTo(at, b, dimensions)];
}

/** a + b. */
export function sum(at: Lowering, a: Computed, b: Computed): Computed {
  const [one, other] = paired(at, a, b);
  const degree = agreed(at.degrees[one.node], at.degrees[other.node], 'a sum adds');
  const { shape } = at.nodes[one.node];
  return { ...one, node: emit(at, { kind: 'sum', inputs: [one.node, other.node], shape }, degree) };
}

/** a · b, number by number. */
export function product(at: Lowering, a: Computed, b: Computed): Computed {
  const [one, other] = paired(at, a, b);
  const degree = multiplied(at.degrees[one.node], at.degrees[other.node]);
  const { shape } = at.nodes[one.node];
  const inputs = [one.node, other.node];
  return { ...one, node: emit(at, { kind: 'product', inputs, shape }, degree) };
}

/** factor · a. */
export function scaledBy(at: Lowering, a: Computed, factor: number): Computed {
  return factor === 1 ? a : pointwise(at, a, 'scaled', factor);
}

/** The degree of a product. */
export function multiplied(a: Degree, b: Degree): Degree {
  if (!b.homogeneous) return b;
  return raiseDegree(a, b.degree);
}

/** A fixed value as a node whose batch's axis lies where that of another has it, counted from the end. */
export function alignedWith(
  at: Lowering,
  value: Known,
  other: Computed,
  initially: number,
): Computed {
  const rank = Math.max(value.dimensions.length, other.dimensions.length);
  const lead = rank - value.dimensions.length;
  const dimensions = [...Array<number>(lead).fill(1), ...value.dimensions];
  const batchAxis = other.batchAxis + rank - other.dimensions.length;
  if (dimensions[batchAxis] !== 1)
    throw new Error('its fixed input has numbers of its own for each example');
  return asComputed(at, { ...value, dimensions }, batchAxis, initially);
}
