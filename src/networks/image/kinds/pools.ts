import { addNode, flat, requireRoom, requireWhole, type Draft } from '../draft.js';
import {
  averagePoolOperation,
  globalAverageOperation,
  maxPoolOperation,
} from '../float64/pools.js';
import type { PlainNode, PoolNode } from '../nodes.js';
import { windowsAlong, type ImageShape } from '../shape.js';
import type { ImageLayerKind, PartFormat } from './kind.js';

/** Windows of size×size, `stride` apart; what is left over at the right and below is dropped. */
export interface PoolPart<K extends string = 'max-pool' | 'average-pool'> {
  readonly kind: K;
  readonly size: number;
  readonly stride: number;
}

/** What `globalAveragePool` describes. */
export interface GlobalAveragePoolPart {
  readonly kind: 'global-average-pool';
}

/**
 * The largest number of each window, size×size and `stride` apart (left out, the size: they do not
 * overlap).
 */
export function maxPool(size = 2, stride: number = size): PoolPart<'max-pool'> {
  return { kind: 'max-pool', size, stride };
}

/** The mean of each window, size×size and `stride` apart (left out, the size: they do not overlap). */
export function averagePool(size = 2, stride: number = size): PoolPart<'average-pool'> {
  return { kind: 'average-pool', size, stride };
}

/** The mean of each channel over its pixels: channels numbers for each image. */
export const globalAveragePool: GlobalAveragePoolPart = { kind: 'global-average-pool' };

const FORMAT: PartFormat = {
  size: { takes: 'whole', default: 2 },
  stride: { takes: 'whole', like: 'size', says: 'Left out, the size.' },
};

function addPool<K extends string>(draft: Draft, part: PoolPart<K>, from: number): number {
  const shape = pooled(draft, part, draft.nodes[from].shape);
  const node: PoolNode<K> = { ...part, inputs: [from], shape };
  return addNode(draft, node, draft.degrees[from]);
}

function pooled(
  draft: Draft,
  { kind, size, stride }: PoolPart<string>,
  shape: ImageShape,
): ImageShape {
  requireWhole(draft, kind, 'size', size, 1);
  requireWhole(draft, kind, 'stride', stride, 1);
  const height = windowsAlong(shape.height, size, stride, 0);
  const width = windowsAlong(shape.width, size, stride, 0);
  requireRoom(draft, kind, shape, height, width);
  return { channels: shape.channels, height, width };
}

/** Largest numbers of windows, for every engine and count. */
export const maxPoolKind: ImageLayerKind<PoolPart<'max-pool'>, PoolNode<'max-pool'>> = {
  part: 'max-pool',
  node: 'max-pool',
  format: FORMAT,
  add: addPool,
  operation: (node, { wiring }) => maxPoolOperation(node, wiring),
  memory: 'own',
  forgotten: true,
  addsDegree: 0,
};

/** Means of windows, for every engine and count. */
export const averagePoolKind: ImageLayerKind<PoolPart<'average-pool'>, PoolNode<'average-pool'>> = {
  part: 'average-pool',
  node: 'average-pool',
  format: FORMAT,
  add: addPool,
  operation: (node, { wiring }) => averagePoolOperation(node, wiring),
  memory: 'own',
  forgotten: true,
  addsDegree: 0,
};

/** Means of channels, for every engine and count. */
export const globalAveragePoolKind: ImageLayerKind<
  GlobalAveragePoolPart,
  PlainNode<'global-average-pool'>
> = {
  part: 'global-average-pool',
  node: 'global-average-pool',
  format: {},
  add(draft, { kind }, from) {
    const shape = flat(draft.nodes[from].shape.channels);
    const node: PlainNode<'global-average-pool'> = { kind, inputs: [from], shape };
    return addNode(draft, node, draft.degrees[from]);
  },
  operation: (_node, { wiring }) => globalAverageOperation(wiring),
  memory: 'own',
  forgotten: true,
  addsDegree: 0,
};
