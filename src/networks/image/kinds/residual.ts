import { addNode, agreed, type AnyPart, type Draft } from '../draft.js';
import { sumOperation } from '../float64/pointwise.js';
import type { PlainNode } from '../nodes.js';
import { shapeText } from '../shape.js';
import type { ImageLayerKind } from './kind.js';
import { logSum } from './log-sum.js';

/** branch(x) + shortcut(x); an empty shortcut is the identity. */
export interface ResidualPart {
  readonly kind: 'residual';
  readonly branch: readonly AnyPart[];
  readonly shortcut: readonly AnyPart[];
}

function addResidual(draft: Draft, part: ResidualPart, from: number): number {
  const inputs = [draft.addParts(part.branch, from), draft.addParts(part.shortcut, from)];
  const [a, b] = inputs.map((input) => draft.nodes[input].shape);
  if (shapeText(a) !== shapeText(b)) {
    throw new Error(
      `A residual sum of '${draft.name}' adds ${shapeText(a)} to ${shapeText(b)}: ` +
        'give the shortcut a projection, or the branch the same shape.',
    );
  }
  const [first, second] = inputs.map((input) => draft.degrees[input]);
  const node: PlainNode<'sum'> = { kind: 'sum', inputs, shape: a };
  return addNode(draft, node, agreed(first, second, 'a residual sum adds'));
}

/** Shortcuts, for every engine and count. */
export const residualKind: ImageLayerKind<ResidualPart, PlainNode<'sum'>> = {
  part: 'residual',
  node: 'sum',
  format: {
    branch: { takes: 'parts' },
    shortcut: { takes: 'parts', default: [], says: 'Left out, the identity.' },
  },
  add: addResidual,
  operation: (_node, { operands, y, gy }) => sumOperation(operands, y, gy),
  memory: 'over',
  forgotten: true,
  addsDegree: 0,
  logSize: (_node, [first, second]) => logSum(first, second),
};
