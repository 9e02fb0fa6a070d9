import {
  describeDegree,
  homogeneous,
  notHomogeneous,
  raiseDegree,
  type Degree,
} from '../degree.js';
import type { Block } from '../layer.js';
import type { Network } from '../serial.js';
import type { ImageNode } from './nodes.js';
import type { ConvolutionPart, Part, PoolPart } from './parts.js';
import { shapeText, sizeOf, windowsAlong, type ImageShape } from './shape.js';

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

/** What grows while a description is read. */
interface Draft {
  readonly name: string;
  readonly nodes: ImageNode[];
  readonly degrees: Degree[];
  readonly blocks: Block[];
  readonly counts: Map<string, number>;
  parameters: number;
  statistics: number;
}

/** Gives a description its shapes and parameters. Throws one sentence where sizes do not fit. */
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
  };
  const last = addParts(draft, parts, 0);
  const { nodes, degrees, blocks, parameters, statistics } = draft;
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

/** True for networks made by `imageNetwork`. */
export function isImageNetwork(network: Network): network is ImageNetwork {
  return 'nodes' in network;
}

function addParts(draft: Draft, parts: readonly Part[], from: number): number {
  return parts.reduce((at, part) => addPart(draft, part, at), from);
}

function addPart(draft: Draft, part: Part, from: number): number {
  const { nodes, degrees } = draft;
  const { shape } = nodes[from];
  const degree = degrees[from];
  switch (part.kind) {
    case 'convolution':
      return addConvolution(draft, part, from);
    case 'dense': {
      const name = numbered(draft, 'dense');
      const inputs = sizeOf(shape);
      requireFlat(draft, name, shape);
      requireWhole(draft, name, 'units', part.units, 1);
      const weights = addBlock(draft, { name, rows: part.units, columns: inputs });
      const bias = part.bias ? addBias(draft, name, part.units) : undefined;
      const node = { kind: part.kind, inputs: [from], weights, bias, shape: flat(part.units) };
      return addNode(draft, node, weighted(degree, part.bias, name));
    }
    case 'relu':
      return addNode(draft, { kind: 'relu', inputs: [from], shape }, degree);
    case 'max-pool':
    case 'average-pool':
      return addNode(draft, { ...part, inputs: [from], shape: pooled(draft, part, shape) }, degree);
    case 'global-average-pool':
      return addNode(
        draft,
        { kind: part.kind, inputs: [from], shape: flat(shape.channels) },
        degree,
      );
    case 'flatten':
      return addNode(
        draft,
        { kind: 'flatten', inputs: [from], shape: flat(sizeOf(shape)) },
        degree,
      );
    case 'batch-norm':
      return addBatchNorm(draft, part.epsilon, from);
    case 'residual':
      return addSum(
        draft,
        addParts(draft, part.branch, from),
        addParts(draft, part.shortcut, from),
      );
    case 'concatenate':
      return addConcatenation(draft, from, addParts(draft, part.branch, from));
  }
}

function addConvolution(draft: Draft, part: ConvolutionPart, from: number): number {
  const { filters, kernel, stride, bias: biased } = part;
  const { shape } = draft.nodes[from];
  const name = numbered(draft, 'convolution');
  requireWhole(draft, name, 'filters', filters, 1);
  requireWhole(draft, name, 'kernel', kernel, 1);
  requireWhole(draft, name, 'stride', stride, 1);
  const padding = part.padding === 'same' ? Math.floor((kernel - 1) / 2) : 0;
  const height = windowsAlong(shape.height, kernel, stride, padding);
  const width = windowsAlong(shape.width, kernel, stride, padding);
  requireRoom(draft, name, shape, height, width);
  const columns = shape.channels * kernel * kernel;
  const weights = addBlock(draft, { name, rows: filters, columns });
  const bias = biased ? addBias(draft, name, filters) : undefined;
  const shapeOut = { channels: filters, height, width };
  return addNode(
    draft,
    {
      kind: 'convolution',
      inputs: [from],
      kernel,
      stride,
      padding,
      weights,
      bias,
      shape: shapeOut,
    },
    weighted(draft.degrees[from], biased, name),
  );
}

function addBatchNorm(draft: Draft, epsilon: number, from: number): number {
  const { shape } = draft.nodes[from];
  const name = numbered(draft, 'batch norm');
  if (!(epsilon > 0)) {
    throw new Error(`${name} of '${draft.name}': ε is ${epsilon}; expected a positive number.`);
  }
  const { channels } = shape;
  const scale = addBlock(draft, {
    name: `${name} scale`,
    rows: channels,
    columns: 1,
    initially: 1,
  });
  const shift = addBlock(draft, {
    name: `${name} shift`,
    rows: channels,
    columns: 1,
    initially: 0,
  });
  const statisticsAt = draft.statistics;
  draft.statistics += 2 * channels;
  return addNode(
    draft,
    { kind: 'batch-norm', inputs: [from], epsilon, scale, shift, statisticsAt, shape },
    notHomogeneous(`${name} divides by the size of its input and adds a shift`),
  );
}

function addSum(draft: Draft, branch: number, shortcut: number): number {
  const { nodes, degrees } = draft;
  const [a, b] = [nodes[branch].shape, nodes[shortcut].shape];
  if (shapeText(a) !== shapeText(b)) {
    throw new Error(
      `A residual sum of '${draft.name}' adds ${shapeText(a)} to ${shapeText(b)}: ` +
        'give the shortcut a projection, or the branch the same shape.',
    );
  }
  const degree = agreed(degrees[branch], degrees[shortcut], 'a residual sum adds');
  return addNode(draft, { kind: 'sum', inputs: [branch, shortcut], shape: a }, degree);
}

function addConcatenation(draft: Draft, from: number, branch: number): number {
  const { nodes, degrees } = draft;
  const [a, b] = [nodes[from].shape, nodes[branch].shape];
  if (a.height !== b.height || a.width !== b.width) {
    throw new Error(
      `A concatenation of '${draft.name}' joins ${shapeText(a)} and ${shapeText(b)}: ` +
        'height and width must agree.',
    );
  }
  const shape = { ...a, channels: a.channels + b.channels };
  const degree = agreed(degrees[from], degrees[branch], 'a concatenation joins');
  return addNode(draft, { kind: 'concatenate', inputs: [from, branch], shape }, degree);
}

/** The degree of two parts side by side: theirs where it is the same. */
function agreed(a: Degree, b: Degree, doing: string): Degree {
  if (!a.homogeneous) return a;
  if (!b.homogeneous) return b;
  if (a.degree === b.degree) return a;
  return notHomogeneous(`${doing} ${describeDegree(a)} and ${describeDegree(b)}`);
}

/** The degree after weights, which add one, and a bias, which spoils all but the first layer. */
function weighted(input: Degree, bias: boolean, name: string): Degree {
  const degree = raiseDegree(input, 1);
  if (!bias || !degree.homogeneous || degree.degree === 1) return degree;
  return notHomogeneous(
    `the bias of ${name} has degree 1 beside weights of degree ${degree.degree}`,
  );
}

function addNode(draft: Draft, node: ImageNode, degree: Degree): number {
  draft.nodes.push(node);
  draft.degrees.push(degree);
  return draft.nodes.length - 1;
}

function addBlock(draft: Draft, block: Omit<Block, 'offset'>): Block {
  const placed = { ...block, offset: draft.parameters };
  draft.blocks.push(placed);
  draft.parameters += block.rows * block.columns;
  return placed;
}

function addBias(draft: Draft, name: string, rows: number): Block {
  return addBlock(draft, { name: `${name} bias`, rows, columns: 1, initially: 0 });
}

function numbered({ counts }: Draft, kind: string): string {
  const count = (counts.get(kind) ?? 0) + 1;
  counts.set(kind, count);
  return `${kind} ${count}`;
}

function flat(channels: number): ImageShape {
  return { channels, height: 1, width: 1 };
}

function pooled(draft: Draft, { kind, size, stride }: PoolPart, shape: ImageShape): ImageShape {
  requireWhole(draft, kind, 'size', size, 1);
  requireWhole(draft, kind, 'stride', stride, 1);
  const height = windowsAlong(shape.height, size, stride, 0);
  const width = windowsAlong(shape.width, size, stride, 0);
  requireRoom(draft, kind, shape, height, width);
  return { channels: shape.channels, height, width };
}

function requireRoom(draft: Draft, name: string, shape: ImageShape, height: number, width: number) {
  if (height >= 1 && width >= 1) return;
  throw new Error(`${name} of '${draft.name}' does not fit into images of ${shapeText(shape)}.`);
}

function requireFlat(draft: Draft, name: string, shape: ImageShape): void {
  if (shape.height === 1 && shape.width === 1) return;
  throw new Error(
    `${name} of '${draft.name}' is given ${shapeText(shape)}: put flatten or a global pool before it.`,
  );
}

function requireWhole(
  draft: Draft,
  name: string,
  what: string,
  value: number,
  least: number,
): void {
  if (Number.isInteger(value) && value >= least) return;
  throw new Error(
    `${name} of '${draft.name}': ${what} is ${value}; expected a whole number of at least ${least}.`,
  );
}
