import { addNode, flat } from '../draft.js';
import { flattenOperation } from '../float64/flatten.js';
import type { PlainNode } from '../nodes.js';
import { sizeOf } from '../shape.js';
import type { ImageLayerKind } from './kind.js';

/** What `flatten` describes. */
export interface FlattenPart {
  readonly kind: 'flatten';
}

/** Channels, rows and columns of an image as one row of numbers, in that order. */
export const flatten: FlattenPart = { kind: 'flatten' };

/** Flattening, for every engine and count. */
export const flattenKind: ImageLayerKind<FlattenPart, PlainNode<'flatten'>> = {
  part: 'flatten',
  node: 'flatten',
  format: {},
  add(draft, _part, from) {
    const shape = flat(sizeOf(draft.nodes[from].shape));
    const node: PlainNode<'flatten'> = { kind: 'flatten', inputs: [from], shape };
    return addNode(draft, node, draft.degrees[from]);
  },
  operation: (_node, { wiring }) => flattenOperation(wiring),
  memory: 'own',
  forgotten: true,
  addsDegree: 0,
};
