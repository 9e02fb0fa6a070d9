import { counted, countText } from '../../text/numbers.js';
import { isTypedArray, numbersText } from './arrays.js';
import type { Entry } from './aligned.js';
import { field, isArray, isCount, isObject, isText } from './fields.js';
import { matrixLines } from './matrices.js';

/** Above this many numbers a tensor's values are not fetched from where it lives. */
const FETCHED = 1e6;
/** Matrices shown of a tensor of rank three or more. */
const SLICES = 2;

/**
 * Tensors: TensorFlow.js's, and records of a `shape` (or `dimensions`) with as many row-major `values`,
 * as readers of files give them. Undefined for anything else.
 */
export function tensorText(value: unknown): string | undefined {
  return tensorFlowText(value) ?? recordText(value);
}

function tensorFlowText(value: unknown): string | undefined {
  const [shape, dtype] = [field(value, 'shape'), field(value, 'dtype')];
  if (!isShape(shape) || !isText(dtype) || !isObject(field(value, 'dataId'))) return undefined;
  const heading = `Tensor ${dtype} ${shapeText(shape)}`;
  if (field(value, 'isDisposedInternal') === true) return `${heading}, disposed`;
  const size = sizeOf(shape);
  if (size > FETCHED) return `${heading}, ${counted(size, 'value')}: slice it to see some.`;
  const values: unknown = (value as { dataSync(): unknown }).dataSync();
  if (dtype === 'complex64') return `${heading}, complex`;
  if (isTypedArray(values) && values.length === size) return laidOut(heading, shape, values);
  if (isArray(values) && values.every(isText)) {
    const some = values.slice(0, 10).map((text) => JSON.stringify(text.slice(0, 80)));
    return `${heading}\n[ ${some.join(', ')}${values.length > 10 ? ', …' : ''} ]`;
  }
  return heading;
}

function recordText(value: unknown): string | undefined {
  const shape = field(value, 'shape') ?? field(value, 'dimensions');
  const values = field(value, 'values');
  if (!isShape(shape) || !isTypedArray(values) || values.length !== sizeOf(shape)) return undefined;
  const type = field(value, 'type');
  return laidOut(`Array ${isText(type) ? `${type} ` : ''}${shapeText(shape)}`, shape, values);
}

/** A scalar, a vector, a matrix, or the first matrices of more. */
function laidOut(heading: string, shape: readonly number[], values: ArrayLike<Entry>): string {
  if (shape.length === 0) return `${heading} ${String(values[0])}`;
  if (values.length === 0) return heading;
  if (shape.length === 1) return `${heading}\n${numbersText('', values).replace(/^\S* /, '')}`;
  const [rows, columns] = shape.slice(-2);
  const slices = values.length / (rows * columns);
  const lines = [heading];
  for (let k = 0; k < Math.min(SLICES, slices); k++) {
    if (shape.length > 2)
      lines.push(`[${[...placeOf(k, shape.slice(0, -2)), ':', ':'].join(', ')}]`);
    const start = k * rows * columns;
    lines.push(...matrixLines({ rows, columns, at: (i, j) => values[start + i * columns + j] }));
  }
  if (slices > SLICES) lines.push(`… and ${countText(slices - SLICES)} more`);
  return lines.join('\n');
}

/** The indices of the k-th block, the last running fastest. */
function placeOf(k: number, shape: readonly number[]): number[] {
  let rest = k;
  return shape
    .toReversed()
    .map((length) => {
      const index = rest % length;
      rest = Math.floor(rest / length);
      return index;
    })
    .reverse();
}

function isShape(value: unknown): value is number[] {
  return isArray(value) && value.length <= 32 && value.every(isCount);
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

function shapeText(shape: readonly number[]): string {
  return `[${shape.join(', ')}]`;
}
