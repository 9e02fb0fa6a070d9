import { addNode } from '../draft.js';
import { reluOperation } from '../float64/pointwise.js';
import type { PlainNode } from '../nodes.js';
import type { ImageLayerKind } from './kind.js';

export interface ReluPart {
  readonly kind: 'relu';
}

export const relu: ReluPart = { kind: 'relu' };

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
