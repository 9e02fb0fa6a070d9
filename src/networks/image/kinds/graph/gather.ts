import type { Tensor } from '../../float64/layout.js';
import type { Operation } from '../../float64/operation.js';
import { placesOf } from '../../float64/places.js';
import type { Operand } from '../../float64/pointwise.js';
import type { AnyNode } from '../../nodes.js';
import type { ImageNodeKind } from '../kind.js';
import { logSum } from '../log-sum.js';

/**
 * Every number of the output is one of the inputs', or a fixed one: reshaping, transposing, slicing,
 * padding, repeating and joining along any axis are all of this kind.
 */
export interface GatherNode extends AnyNode {
  readonly kind: 'gather';
  /** For each number of the output, which of the inputs it comes from; −1 for `fill`. */
  readonly from: Int32Array;
  /** Its number there, counted channel by channel, row by row. */
  readonly at: Int32Array;
  readonly fill: number;
}

function gatherOperation(
  { from, at, fill }: GatherNode,
  operands: readonly Operand[],
  y: Tensor,
  gy: Tensor,
): Operation {
  const { examples, image } = y.layout;
  const targets = placesOf(y);
  const places = operands.map(({ x }) => placesOf(x));
  const source = Int32Array.from(at, (k, p) => (from[p] < 0 ? -1 : places[from[p]][k]));
  return {
    forward() {
      for (let p = 0; p < source.length; p++) {
        let q = targets[p];
        if (from[p] < 0) {
          for (let i = 0; i < examples; i++, q += image) y.data[q] = fill;
          continue;
        }
        const { data, layout } = operands[from[p]].x;
        let s = source[p];
        for (let i = 0; i < examples; i++, q += image, s += layout.image) y.data[q] = data[s];
      }
    },
    backward() {
      for (const { gx } of operands) if (gx && !gx.add) gx.tensor.data.fill(0);
      for (let p = 0; p < source.length; p++) {
        const target = from[p] < 0 ? undefined : operands[from[p]].gx?.tensor;
        if (target === undefined) continue;
        let q = targets[p];
        let s = source[p];
        const { data, layout } = target;
        for (let i = 0; i < examples; i++, q += image, s += layout.image) data[s] += gy.data[q];
      }
    },
  };
}

/** Rearranged numbers, for the engine in float64 and every count. */
export const gatherKind: ImageNodeKind<GatherNode> = {
  node: 'gather',
  operation: (node, { operands, y, gy }) => gatherOperation(node, operands, y, gy),
  memory: 'own',
  forgotten: true,
  addsDegree: 0,
  logSize: (_node, inputs) =>
    inputs.length === 1 ? inputs[0] : inputs.reduce((a, b) => logSum(2 * a, 2 * b) / 2),
};
