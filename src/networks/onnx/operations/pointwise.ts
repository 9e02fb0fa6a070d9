import { pointwiseFunctions, type PointwiseName } from '../../image/kinds/graph/functions.js';
import type { OnnxNode } from '../decode.js';
import {
  asWritten,
  isKnown,
  numberOf,
  repeatedTo,
  requireComputed,
  requireKnown,
  wordOf,
  type Lowering,
  type Value,
} from '../lowering.js';
import { alignedWith, pointwise, product, sum } from './builders.js';
import { changed } from './fixed.js';
import type { Inputs, Lower, Operations } from './operation.js';

/** An operation that is one function, with the numbers that its attributes give. */
const simple =
  (name: PointwiseName, numbers: (source: OnnxNode) => readonly number[] = () => []): Lower =>
  (at, [value], source) => {
    const fixed = numbers(source);
    if (isKnown(value!)) {
      const [a = 0, b = 0] = fixed;
      return [changed(value, (x) => pointwiseFunctions[name].value(x, a, b))];
    }
    return [pointwise(at, requireComputed(source, value), name, ...fixed)];
  };

const alpha = (usual: number) => (source: OnnxNode) => [
  asWritten(numberOf(source, 'alpha', usual)),
];

function clip(at: Lowering, inputs: Inputs, source: OnnxNode): Value[] {
  const [value, least, most] = inputs;
  const low = least ? requireKnown('least', least).values[0] : numberOf(source, 'min', -Infinity);
  const high = most ? requireKnown('most', most).values[0] : numberOf(source, 'max', Infinity);
  const x = requireComputed(source, value);
  if (low === 0 && high === Infinity) return [pointwise(at, x, 'relu')];
  return [pointwise(at, x, 'clip', low, high)];
}

/** max(x, 0) + slope · min(x, 0) = relu(x) − slope · relu(−x), with a trained slope. */
function trainedSlopes(at: Lowering, [value, slope]: Inputs, source: OnnxNode): Value[] {
  const x = requireComputed(source, value);
  const below = pointwise(at, pointwise(at, x, 'scaled', -1), 'relu');
  const slopes = repeatedTo(
    at,
    alignedWith(at, requireKnown('slope', slope), x, 0.25),
    x.dimensions,
  );
  const part = pointwise(at, product(at, below, slopes), 'scaled', -1);
  return [sum(at, pointwise(at, x, 'relu'), part)];
}

/** Functions of every number. */
export const pointwiseOperations: Operations = {
  Relu: simple('relu'),
  LeakyRelu: simple('leaky-relu', alpha(0.01)),
  PRelu: trainedSlopes,
  Elu: simple('elu', alpha(1)),
  Softplus: simple('softplus'),
  Gelu: (at, inputs, source) =>
    simple(wordOf(source, 'approximate', 'none') === 'tanh' ? 'gelu-tanh' : 'gelu')(
      at,
      inputs,
      source,
    ),
  Tanh: simple('tanh'),
  Sigmoid: simple('sigmoid'),
  HardSigmoid: simple('hard-sigmoid', (source) => [
    asWritten(numberOf(source, 'alpha', 0.2)),
    asWritten(numberOf(source, 'beta', 0.5)),
  ]),
  HardSwish: simple('hard-swish'),
  Swish: simple('silu'),
  Clip: clip,
  Erf: simple('erf'),
  Exp: simple('exp'),
  Log: simple('log'),
  Abs: simple('abs'),
  Sqrt: simple('sqrt'),
  Reciprocal: simple('reciprocal'),
  Neg: simple('scaled', () => [-1]),
};
