import type { ImageNetwork } from '../image-network.js';
import { nodeKindOf, type ImageNode } from '../kinds/index.js';
import type { Statistics } from './batch-norm.js';
import type { Layout, Tensor } from './layout.js';
import type { Operation } from './operation.js';
import type { Slot } from '../slots.js';
import type { Memory } from './wiring.js';

/** Numbers of working memory for the operations of a network. */
export function scratchNeeded({ nodes }: ImageNetwork, layouts: readonly Layout[]): number {
  const needs = nodes.map((node, k) => {
    const [input] = node.inputs;
    const channels = input === undefined ? 0 : nodes[input].shape.channels;
    return nodeKindOf(node).scratch?.(node, channels, layouts[k]) ?? 0;
  });
  return Math.max(0, ...needs);
}

/** Node k of a network on its memory. */
export function operationOf(
  node: ImageNode,
  k: number,
  memory: Memory,
  statistics: Statistics,
): Operation {
  const { values, gradients, targets, shared, scratch } = memory;
  const y = values[k];
  const gy = gradients[k] ?? nothingLike(y);
  const operands = node.inputs.map((input, j) => ({
    x: values[input],
    gx: targets[k][j],
    shared: shared[k][j],
  }));
  const wiring = { x: values[node.inputs[0]], y, gy, gx: targets[k][0] };
  const kind = nodeKindOf(node);
  const own = kind.operation(node, { wiring, operands, y, gy, scratch, statistics });
  if (!node.adds) return own;
  const slots = (kind.slots?.(node) ?? []).filter(({ into }) => into === 'parameters');
  return adding(own, slots);
}

/** An operation whose gradient is added to what a later node with the same parameters has written. */
function adding({ forward, backward }: Operation, slots: readonly Slot[]): Operation {
  const spans = slots.map(({ offset, shape }) => [offset, offset + countOf(shape)] as const);
  const written = spans.map(([from, to]) => new Float64Array(to - from));
  return {
    forward,
    backward(theta, into) {
      spans.forEach(([from, to], k) => written[k].set(into.subarray(from, to)));
      backward(theta, into);
      spans.forEach(([from], k) => written[k].forEach((value, i) => (into[from + i] += value)));
    },
  };
}

const countOf = (shape: readonly number[]) =>
  shape.reduce((product, length) => product * length, 1);

/** In place of a gradient that nothing needs. */
function nothingLike({ layout, channels }: Tensor): Tensor {
  return { layout, channels, data: new Float64Array(0) };
}
