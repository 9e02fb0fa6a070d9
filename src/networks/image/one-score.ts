import type { ImageNetwork } from './image-network.js';
import type { ImageNode } from './kinds/index.js';
import { flat } from './draft.js';

/** What is said of a network that was made one of a single score. */
export const twoScores =
  'Its two scores are taken as one, the second minus the first, which has the same margins.';

/**
 * A network with two scores as one with a single score, the second minus the first: the margins of two
 * classes are the same, and so is every gradient of theirs. Throws a sentence for another number of scores.
 */
export function asOneScore(network: ImageNetwork): ImageNetwork {
  const { name, outputs, nodes, degrees, degree } = network;
  if (outputs !== 2) throw new Error(`'${name}' has ${outputs} scores; expected two.`);
  const last = nodes.length - 1;
  const shape = flat(1);
  const pick = (k: number): ImageNode => ({
    kind: 'gather',
    inputs: [last],
    shape,
    from: new Int32Array(1),
    at: Int32Array.of(k),
    fill: 0,
  });
  const added: ImageNode[] = [
    pick(0),
    pick(1),
    { kind: 'pointwise', inputs: [last + 1], shape, function: 'scaled', numbers: [-1] },
    { kind: 'sum', inputs: [last + 2, last + 3], shape },
  ];
  return {
    ...network,
    nodes: [...nodes, ...added],
    degrees: [...degrees, ...added.map(() => degree)],
    outputs: 1,
  };
}
