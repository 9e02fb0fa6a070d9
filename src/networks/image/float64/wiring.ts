import { arraysTogether } from '../../../numerics/simd.js';
import type { ImageNetwork } from '../image-network.js';
import { nodeKindOf, type ImageNode } from '../kinds/index.js';
import { gradientSlots } from './gradient-slots.js';
import { layoutOf, type Layout, type Tensor } from './layout.js';
import type { Target } from './operation.js';
import { samePlace, storagePlan, trainedNodes, type Place, type StoragePlan } from './storage.js';

/** The memory of an engine: each node's numbers and gradients. */
export interface Memory {
  readonly values: readonly Tensor[];
  /** Undefined where no gradient is needed. */
  readonly gradients: readonly (Tensor | undefined)[];
  /** For each node where the gradients of its inputs go. */
  readonly targets: readonly (readonly (Target | undefined)[])[];
  /** For each node whether an input is the very memory of its output, or of a part of it. */
  readonly shared: readonly (readonly boolean[])[];
  /** For each node the one that overwrote its numbers, or itself. */
  readonly overwrittenBy: readonly number[];
  readonly scratch: Float64Array;
}

/** One layout for each size of images, with zeros for the largest kernel that is shifted over it. */
export function layoutsOf({ nodes }: ImageNetwork, examples: number): Layout[] {
  const sizeOf = ({ shape }: ImageNode) => `${shape.height}×${shape.width}`;
  const pads = new Map<string, number>();
  for (const node of nodes) {
    const pad = nodeKindOf(node).pad?.(node) ?? 0;
    pads.set(sizeOf(node), Math.max(pad, pads.get(sizeOf(node)) ?? 0));
  }
  const layouts = new Map<string, Layout>();
  return nodes.map((node) => {
    const size = sizeOf(node);
    const layout = layouts.get(size) ?? layoutOf(node.shape, examples, pads.get(size) ?? 0);
    layouts.set(size, layout);
    return layout;
  });
}

/** Allocates everything; `scratch` is how many numbers of working memory operations want. */
export function memoryOf(
  network: ImageNetwork,
  layouts: readonly Layout[],
  scratch: number,
): Memory {
  const { nodes } = network;
  const plan = storagePlan(network);
  const { places, channels } = plan;
  const trained = trainedNodes(nodes);
  const { slotOf, slots } = gradientSlots(plan, layouts, trained);
  const layoutOfStorage = channels.map(
    (_, s) => layouts[places.findIndex(({ storage }) => storage === s)],
  );
  const arrays = arraysTogether([
    ...channels.map((count, s) => count * layoutOfStorage[s].channel),
    ...slots.map((slot) => slot.channels * slot.layout.channel),
    scratch,
  ]);
  const tensorIn = (array: Float64Array, k: number): Tensor => {
    const { channel } = layouts[k];
    const count = nodes[k].shape.channels;
    const from = places[k].channel * channel;
    const data = array.subarray(from, from + count * channel);
    return { layout: layouts[k], channels: count, data };
  };
  const gradients = nodes.map((_, k) => {
    const slot = slotOf[places[k].storage];
    if (slot === undefined || !trained[k]) return undefined;
    return tensorIn(arrays[channels.length + slot], k);
  });
  const shared = nodes.map((node, k) => sharedInputs(node, k, nodes, places));
  return {
    values: nodes.map((_, k) => tensorIn(arrays[places[k].storage], k)),
    gradients,
    targets: targetsOf(nodes, gradients, shared),
    shared,
    overwrittenBy: lastWriters(nodes, plan),
    scratch: arrays[arrays.length - 1],
  };
}

/** Nodes are overwritten by what alone reads them, and that may be overwritten in turn. */
function lastWriters(nodes: readonly ImageNode[], { places, readers }: StoragePlan): number[] {
  const writers = nodes.map((_, k) => k);
  for (let k = nodes.length - 1; k >= 0; k--) {
    const reader = readers[k].at(-1) ?? k;
    const inPlace =
      nodeKindOf(nodes[reader]).memory !== 'joined' && samePlace(places[k], places[reader]);
    if (inPlace) writers[k] = writers[reader];
  }
  return writers;
}

function sharedInputs(
  node: ImageNode,
  k: number,
  nodes: readonly ImageNode[],
  places: readonly Place[],
): boolean[] {
  let channel = places[k].channel;
  return node.inputs.map((input) => {
    const shared = samePlace(places[input], { storage: places[k].storage, channel });
    if (nodeKindOf(node).memory === 'joined') channel += nodes[input].shape.channels;
    return shared;
  });
}

/** The first to write a gradient, from the last node on, sets it; the others add. */
function targetsOf(
  nodes: readonly ImageNode[],
  gradients: readonly (Tensor | undefined)[],
  shared: readonly (readonly boolean[])[],
): (Target | undefined)[][] {
  const written = nodes.map(() => false);
  const targets: (Target | undefined)[][] = nodes.map(() => []);
  for (let k = nodes.length - 1; k >= 0; k--) {
    targets[k] = nodes[k].inputs.map((input, j) => {
      const tensor = gradients[input];
      if (tensor === undefined) return undefined;
      const add = written[input] && !shared[k][j];
      written[input] = true;
      return { tensor, add };
    });
  }
  return targets;
}
