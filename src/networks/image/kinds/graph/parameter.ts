import type { Block } from '../../../layer.js';
import type { Tensor } from '../../float64/layout.js';
import type { Operation } from '../../float64/operation.js';
import { placesOf } from '../../float64/places.js';
import type { AnyNode } from '../../nodes.js';
import { blockSlot } from '../../slots.js';
import type { ImageNodeKind } from '../kind.js';

/** Trained numbers that are the same for every example: embeddings of places, scales, shifts. */
export interface ParameterNode extends AnyNode {
  readonly kind: 'parameter';
  /** Its numbers, channel by channel, row by row. */
  readonly block: Block;
  /** The lengths of its axes where it came from. */
  readonly dimensions: readonly number[];
}

/** Fixed numbers that are the same for every example. */
export interface ConstantNode extends AnyNode {
  readonly kind: 'constant';
  /** Channel by channel, row by row. */
  readonly values: Float64Array;
}

function spread(y: Tensor, numbers: (k: number) => number): void {
  const { examples, image } = y.layout;
  placesOf(y).forEach((place, k) => {
    const value = numbers(k);
    for (let i = 0, q = place; i < examples; i++, q += image) y.data[q] = value;
  });
}

function parameterOperation({ block }: ParameterNode, y: Tensor, gy: Tensor): Operation {
  const { examples, image } = y.layout;
  const places = placesOf(y);
  return {
    forward: (theta) => spread(y, (k) => theta[block.offset + k]),
    backward(_theta, into) {
      places.forEach((place, k) => {
        let sum = 0;
        for (let i = 0, q = place; i < examples; i++, q += image) sum += gy.data[q];
        into[block.offset + k] = sum;
      });
    },
  };
}

/** Trained numbers, for the engine in float64 and every count. */
export const parameterKind: ImageNodeKind<ParameterNode> = {
  node: 'parameter',
  operation: (node, { y, gy }) => parameterOperation(node, y, gy),
  memory: 'own',
  forgotten: false,
  addsDegree: 1,
  slots: ({ block, dimensions }) => [blockSlot(block, dimensions, 'weight')],
  logSize: ({ block }, _inputs, sizeOf) => sizeOf(block),
};

/** Fixed numbers, for the engine in float64 and every count. */
export const constantKind: ImageNodeKind<ConstantNode> = {
  node: 'constant',
  operation: ({ values }, { y }) => ({
    forward: () => spread(y, (k) => values[k]),
    backward: () => undefined,
  }),
  memory: 'own',
  forgotten: false,
  addsDegree: 0,
  logSize: () => 0,
};
