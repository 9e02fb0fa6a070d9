import type { AnyNode } from '../nodes.js';
import { batchNormKind } from './batch-norm.js';
import { concatenateKind } from './concatenate.js';
import { convolutionKind } from './convolution.js';
import { denseKind } from './dense.js';
import { flattenKind } from './flatten.js';
import { GRAPH_KINDS, type GraphNode } from './graph/index.js';
import { inputKind } from './input.js';
import type { ImageLayerKind, ImageNodeKind } from './kind.js';
import { averagePoolKind, globalAveragePoolKind, maxPoolKind } from './pools.js';
import { reluKind } from './relu.js';
import { residualKind } from './residual.js';

export type { GraphNode } from './graph/index.js';
export type { FieldFormat, ImageLayerKind, ImageNodeKind, PartFormat } from './kind.js';

/** Every kind of layer, in the order in which messages list them. */
const KINDS = [
  convolutionKind,
  denseKind,
  reluKind,
  maxPoolKind,
  averagePoolKind,
  globalAveragePoolKind,
  batchNormKind,
  flattenKind,
  residualKind,
  concatenateKind,
] as const;

type Kind = (typeof KINDS)[number];

/** A part of the description of an image network, some of which hold lists of their own. */
export type Part = Parameters<Kind['add']>[1];

/** One operation of an image network: see `AnyNode`. */
export type ImageNode = Parameters<(Kind | typeof inputKind)['operation']>[0] | GraphNode;

/** Every kind of layer by what its parts are called. */
export const imageLayerKinds: ReadonlyMap<string, ImageLayerKind> = new Map(
  (KINDS as readonly ImageLayerKind[]).map((kind) => [kind.part, kind]),
);

/** Every kind of node by what its nodes are called. */
export const imageNodeKinds: ReadonlyMap<string, ImageNodeKind> = new Map(
  [inputKind, ...KINDS, ...GRAPH_KINDS].map((kind) => [kind.node, kind as ImageNodeKind]),
);

/** The kind of a node. Throws a sentence that lists the kinds where there is none. */
export function nodeKindOf({ kind }: Pick<AnyNode, 'kind'>): ImageNodeKind {
  const found = imageNodeKinds.get(kind);
  if (found) return found;
  throw new Error(`There is no node of the kind '${kind}'; expected one of ${[...imageNodeKinds.keys()].join(', ')}.`); // prettier-ignore
}
