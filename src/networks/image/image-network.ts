import { homogeneous, type Degree } from '../degree.js';
import type { Network } from '../serial.js';
import type { AnyPart, Draft } from './draft.js';
import { imageLayerKinds, nodeKindOf, type ImageNode, type Part } from './kinds/index.js';
import { shapeText, sizeOf, type ImageShape } from './shape.js';
import type { Slot } from './slots.js';

/**
 * A network of convolutions, pools, normalisations and shortcuts on images of one shape. It says what
 * is computed and by which parameters, and computes nothing itself: see `imageEngine`.
 */
export interface ImageNetwork extends Network {
  readonly image: ImageShape;
  /** In an order in which each reads only earlier ones: the first is the input, the last the scores. */
  readonly nodes: readonly ImageNode[];
  /** Degree of homogeneity of every node's output in the trained parameters. */
  readonly degrees: readonly Degree[];
  /** Means and variances of all its batch norms together. */
  readonly statistics: number;
}

/**
 * Gives a description its shapes, places in the flat parameter vector, and degree. Scores are the numbers
 * of the last part, one for each class. Throws one sentence where sizes of the image are not whole and
 * positive, a part does not fit what it is given, a kind is not known, or the end is still an image.
 */
export function imageNetwork(
  name: string,
  image: ImageShape,
  parts: readonly Part[],
): ImageNetwork {
  for (const size of [image.channels, image.height, image.width]) {
    if (!Number.isInteger(size) || size < 1) {
      throw new Error(`'${name}' needs whole positive sizes of images; got ${shapeText(image)}.`);
    }
  }
  const draft: Draft = {
    name,
    nodes: [{ kind: 'input', inputs: [], shape: image }],
    degrees: [homogeneous(0)],
    blocks: [],
    counts: new Map(),
    parameters: 0,
    statistics: 0,
    addParts: (list, from) => list.reduce((at, part) => addPart(draft, part, at), from),
  };
  const last = draft.addParts(parts, 0);
  const { degrees, blocks, parameters, statistics } = draft;
  const nodes = draft.nodes as ImageNode[];
  const { shape } = nodes[last];
  if (shape.height !== 1 || shape.width !== 1) {
    throw new Error(`'${name}' ends with ${shapeText(shape)}: end it with dense scores.`);
  }
  return {
    name,
    image,
    nodes,
    degrees,
    blocks,
    parameters,
    statistics,
    inputs: sizeOf(image),
    outputs: shape.channels,
    degree: degrees[last],
  };
}

/**
 * Every slot of a network, for parameters and for statistics of batch norms, in the order in which PyTorch
 * lists the arrays of the same layers.
 */
export function slotsOf({ nodes }: Pick<ImageNetwork, 'nodes'>): Slot[] {
  return nodes.flatMap((node) => nodeKindOf(node).slots?.(node) ?? []);
}

/** True for networks made by `imageNetwork`. */
export function isImageNetwork(network: Network): network is ImageNetwork {
  return 'nodes' in network;
}

function addPart(draft: Draft, part: AnyPart, from: number): number {
  const kind = imageLayerKinds.get(part.kind);
  if (kind) return kind.add(draft, part, from);
  const known = [...imageLayerKinds.keys()].join(', ');
  throw new Error(
    `'${draft.name}' has a part of the kind '${part.kind}'; expected one of ${known}.`,
  );
}
