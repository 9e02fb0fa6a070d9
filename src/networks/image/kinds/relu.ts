import { addNode } from '../draft.js';
import { reluOperation } from '../float64/pointwise.js';
import type { PlainNode } from '../nodes.js';
import type { ImageLayerKind } from './kind.js';

/** What `relu` describes. */
export interface ReluPart {
  readonly kind: 'relu';
}

/** max(x, 0) of each number. */
export const relu: ReluPart = { kind: 'relu' };

/** ReLU, for every engine and count. */
export const reluKind: ImageLayerKind<ReluPart, PlainNode<'relu'>> = {
  part: 'relu',
  node: 'relu',
  format: {},
  add(draft, _part, from) {
    const node: PlainNode<'relu'> = {
      kind: 'relu',
      inputs: [from],
      shape: draft.nodes[from].shape,
    };
    return addNode(draft, node, draft.degrees[from]);
  },
  operation: (_node, { wiring }) => reluOperation(wiring),
  memory: 'over',
  forgotten: false,
  addsDegree: 0,
};
