import {
  addBias,
  addBlock,
  addNode,
  flat,
  numbered,
  requireFlat,
  requireWhole,
  weighted,
  type Draft,
} from '../draft.js';
import { denseOperation } from '../float64/dense.js';
import type { DenseNode } from '../nodes.js';
import { sizeOf } from '../shape.js';
import { weightSlots } from '../slots.js';
import type { ImageLayerKind } from './kind.js';
import { multiplyAddsOf } from './weights.js';

/** What `dense` describes: weights of units×inputs, and biases or none. */
export interface DensePart {
  readonly kind: 'dense';
  readonly units: number;
  readonly bias: boolean;
}

/**
 * Every output from every input, `units` of them, without bias unless told; images have to be made flat
 * before it. Checked where a network is made of it.
 */
export function dense(
  units: number,
  { bias = false }: { readonly bias?: boolean } = {},
): DensePart {
  return { kind: 'dense', units, bias };
}

function addDense(draft: Draft, part: DensePart, from: number): number {
  const { shape } = draft.nodes[from];
  const name = numbered(draft, 'dense');
  const inputs = sizeOf(shape);
  requireFlat(draft, name, shape);
  requireWhole(draft, name, 'units', part.units, 1);
  const weights = addBlock(draft, { name, rows: part.units, columns: inputs });
  const bias = part.bias ? addBias(draft, name, part.units) : undefined;
  const node: DenseNode = {
    kind: part.kind,
    inputs: [from],
    weights,
    bias,
    shape: flat(part.units),
  };
  return addNode(draft, node, weighted(draft.degrees[from], part.bias, name));
}

/** Dense layers, for every engine and count. */
export const denseKind: ImageLayerKind<DensePart, DenseNode> = {
  part: 'dense',
  node: 'dense',
  format: { units: { takes: 'whole' }, bias: { takes: 'flag', default: false } },
  add: addDense,
  operation: (node, { wiring }) => denseOperation(node, wiring),
  memory: 'own',
  forgotten: true,
  addsDegree: 1,
  slots: ({ weights, bias }) => weightSlots(weights, [weights.rows, weights.columns], bias),
  multiplyAdds: multiplyAddsOf,
  logSize: ({ weights }, [input], sizeOf) => input + sizeOf(weights),
};
