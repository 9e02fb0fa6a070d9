import type { ImageNetwork } from '../image-network.js';
import { nodeKindOf, type ImageNode } from '../kinds/index.js';

/** Where the numbers of a node are kept: some channels of one storage, from `channel` on. */
export interface Place {
  readonly storage: number;
  readonly channel: number;
}

/** Which nodes share memory. */
export interface StoragePlan {
  /** One for each node. */
  readonly places: readonly Place[];
  /** Channels of every storage. */
  readonly channels: readonly number[];
  /** For every node those that read it, once for each time. */
  readonly readers: readonly (readonly number[])[];
}

/**
 * A ReLU and a sum overwrite what only they read, and a concatenation's parts are written into their
 * place at once, so that neither needs memory, nor time, for a copy.
 */
export function storagePlan({ nodes }: ImageNetwork): StoragePlan {
  const readers: number[][] = nodes.map(() => []);
  nodes.forEach(({ inputs }, k) => inputs.forEach((input) => readers[input].push(k)));
  const places: Place[] = new Array<Place>(nodes.length);
  const channels: number[] = [];
  for (let k = nodes.length - 1; k >= 0; k--) {
    const node = nodes[k];
    if (!(k in places)) {
      places[k] = { storage: channels.length, channel: 0 };
      channels.push(node.shape.channels);
    }
    const [input] = node.inputs;
    const { storage, channel } = places[k];
    const { memory } = nodeKindOf(node);
    if (memory === 'joined') {
      let at = channel;
      for (const part of node.inputs) {
        if (isLastOf(readers[part], k)) places[part] = { storage, channel: at };
        at += nodes[part].shape.channels;
      }
    } else if (memory === 'over') {
      if (readers[input].length === 1 && nodeKindOf(nodes[input]).forgotten) {
        places[input] = places[k];
      }
    }
  }
  return { places, channels, readers };
}

/** True where reader k comes after all the others, and reads once. */
function isLastOf(readers: readonly number[], k: number): boolean {
  return readers.at(-1) === k && readers.indexOf(k) === readers.length - 1;
}

/** True where two nodes begin at the same channel of the same storage. */
export function samePlace(a: Place, b: Place): boolean {
  return a.storage === b.storage && a.channel === b.channel;
}

/** True for nodes whose output depends on parameters. */
export function trainedNodes(nodes: readonly ImageNode[]): boolean[] {
  const trained: boolean[] = [];
  for (const node of nodes) {
    const own = (nodeKindOf(node).slots?.(node) ?? []).some(({ into }) => into === 'parameters');
    trained.push(own || node.inputs.some((input) => trained[input]));
  }
  return trained;
}
