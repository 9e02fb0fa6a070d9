import { describeDegree, notHomogeneous, raiseDegree, type Degree } from '../degree.js';
import type { Block } from '../layer.js';
import type { AnyNode } from './nodes.js';
import { shapeText, type ImageShape } from './shape.js';

/** A part of a description, of whatever kind. */
export interface AnyPart {
  readonly kind: string;
}

/** What grows while a description is read. */
export interface Draft {
  readonly name: string;
  readonly nodes: AnyNode[];
  readonly degrees: Degree[];
  readonly blocks: Block[];
  readonly counts: Map<string, number>;
  parameters: number;
  statistics: number;
  /** Reads a list of parts that follow a node; gives the last of their nodes. */
  addParts(parts: readonly AnyPart[], from: number): number;
}

/** Adds a node with its degree; gives its index. */
export function addNode<N extends AnyNode>(draft: Draft, node: N, degree: Degree): number {
  draft.nodes.push(node);
  draft.degrees.push(degree);
  return draft.nodes.length - 1;
}

/** Gives a block of weights the next rows×columns places in the flat parameter vector. */
export function addBlock(draft: Draft, block: Omit<Block, 'offset'>): Block {
  const placed = { ...block, offset: draft.parameters };
  draft.blocks.push(placed);
  draft.parameters += block.rows * block.columns;
  return placed;
}

/** Adds a block of `rows` biases that begin at 0, called after what they are added to. */
export function addBias(draft: Draft, name: string, rows: number): Block {
  return addBlock(draft, { name: `${name} bias`, rows, columns: 1, initially: 0 });
}

/** 'convolution 3' for the third of its kind. */
export function numbered({ counts }: Draft, kind: string): string {
  const count = (counts.get(kind) ?? 0) + 1;
  counts.set(kind, count);
  return `${kind} ${count}`;
}

/** The shape of so many numbers that are no image. */
export function flat(channels: number): ImageShape {
  return { channels, height: 1, width: 1 };
}

/** The degree of two parts side by side: theirs where it is the same. */
export function agreed(a: Degree, b: Degree, doing: string): Degree {
  if (!a.homogeneous) return a;
  if (!b.homogeneous) return b;
  if (a.degree === b.degree) return a;
  return notHomogeneous(`${doing} ${describeDegree(a)} and ${describeDegree(b)}`);
}

/** The degree after weights, which add one, and a bias, which spoils all but the first layer. */
export function weighted(input: Degree, bias: boolean, name: string): Degree {
  const degree = raiseDegree(input, 1);
  if (!bias || !degree.homogeneous || degree.degree === 1) return degree;
  return notHomogeneous(
    `the bias of ${name} has degree 1 beside weights of degree ${degree.degree}`,
  );
}

/** Throws where an output of height×width has no pixel: the windows are larger than the image. */
export function requireRoom(
  draft: Draft,
  name: string,
  shape: ImageShape,
  height: number,
  width: number,
): void {
  if (height >= 1 && width >= 1) return;
  throw new Error(`${name} of '${draft.name}' does not fit into images of ${shapeText(shape)}.`);
}

/** Throws where a node that takes plain numbers is given an image. */
export function requireFlat(draft: Draft, name: string, shape: ImageShape): void {
  if (shape.height === 1 && shape.width === 1) return;
  throw new Error(
    `${name} of '${draft.name}' is given ${shapeText(shape)}: put flatten or a global pool before it.`,
  );
}

/** Throws where a size is not a whole number of at least `least`. */
export function requireWhole(
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
