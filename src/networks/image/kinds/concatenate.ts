import { addNode, agreed, type AnyPart, type Draft } from '../draft.js';
import { concatenateOperation } from '../float64/pointwise.js';
import type { PlainNode } from '../nodes.js';
import { shapeText } from '../shape.js';
import type { ImageLayerKind } from './kind.js';
import { logSum } from './log-sum.js';

/** The channels of x, then those of branch(x). */
export interface ConcatenatePart {
  readonly kind: 'concatenate';
  readonly branch: readonly AnyPart[];
}

function addConcatenation(draft: Draft, part: ConcatenatePart, from: number): number {
  const branch = draft.addParts(part.branch, from);
  const { nodes, degrees } = draft;
  const [a, b] = [nodes[from].shape, nodes[branch].shape];
  if (a.height !== b.height || a.width !== b.width) {
    throw new Error(
      `A concatenation of '${draft.name}' joins ${shapeText(a)} and ${shapeText(b)}: ` +
        'height and width must agree.',
    );
  }
  const shape = { ...a, channels: a.channels + b.channels };
  const node: PlainNode<'concatenate'> = { kind: 'concatenate', inputs: [from, branch], shape };
  return addNode(draft, node, agreed(degrees[from], degrees[branch], 'a concatenation joins'));
}

/** Joined channels, for every engine and count. */
export const concatenateKind: ImageLayerKind<ConcatenatePart, PlainNode<'concatenate'>> = {
  part: 'concatenate',
  node: 'concatenate',
  format: { branch: { takes: 'parts' } },
  add: addConcatenation,
  operation: (_node, { operands, y, gy }) => concatenateOperation(operands, y, gy),
  memory: 'joined',
  forgotten: false,
  addsDegree: 0,
  logSize: (_node, [first, second]) => logSum(2 * first, 2 * second) / 2,
};
