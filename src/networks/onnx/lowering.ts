import { homogeneous, type Degree } from '../degree.js';
import type { ImageNode } from '../image/kinds/index.js';
import type { ImageShape } from '../image/shape.js';
import type { Block } from '../layer.js';
import { countOf, repeated, type Picks } from './axes.js';
import type { OnnxNode } from './decode.js';

/** Numbers that do not depend on the example. The length of a batch is NaN among them. */
export interface Known {
  readonly dimensions: readonly number[];
  readonly values: Float64Array;
  readonly whole: boolean;
  /** What it is trained as, where it is: the name of the file's tensor. */
  readonly trained?: string;
  /** True where its numbers stand in another order than in the file. */
  readonly rearranged?: boolean;
}

/** Numbers that are trained. */
export type Trained = Known & { readonly trained: string };

/** The output of a node of the network. */
export interface Computed {
  readonly node: number;
  /** Lengths of its axes for one example: the batch's axis has length 1. */
  readonly dimensions: readonly number[];
  readonly batchAxis: number;
}

/** What an input of an operation is. */
export type Value = Known | Computed;

/** True for what does not depend on the example. */
export function isKnown(value: Value): value is Known {
  return 'values' in value;
}

/** A network while it grows out of a graph. */
export interface Lowering {
  readonly nodes: ImageNode[];
  readonly degrees: Degree[];
  readonly blocks: Block[];
  readonly theta: Float64Array[];
  readonly statistics: Float64Array[];
  parameters: number;
  statisticsCount: number;
  /** The length of the batch where the file fixes it. */
  readonly fixedBatch: number | undefined;
  /** Blocks by the tensor's name, with the order of their numbers in words. */
  readonly known: Map<string, { readonly block: Block; readonly manner: string }>;
}

/** Adds a node; gives its index. */
export function emit(at: Lowering, node: ImageNode, degree: Degree): number {
  at.nodes.push(node);
  at.degrees.push(degree);
  return at.nodes.length - 1;
}

/** The shape that an engine gives to the axes of one example: the first two, and all that follow as one. */
export function imageShapeOf({
  dimensions,
  batchAxis,
}: Pick<Computed, 'dimensions' | 'batchAxis'>): ImageShape {
  const own = dimensions.filter((_, axis) => axis !== batchAxis);
  if (own.length === 2) return { channels: own[0], height: 1, width: own[1] };
  const [channels = 1, height = 1, ...rest] = own;
  return { channels, height, width: countOf(rest) };
}

/** A computed value with its numbers in the order that `picks` say. */
export function gathered(
  at: Lowering,
  value: Computed,
  picks: Picks,
  batchAxis = value.batchAxis,
): Computed {
  const shape = imageShapeOf({ dimensions: picks.dimensions, batchAxis });
  const from = new Int32Array(picks.at.length);
  return {
    node: emit(
      at,
      { kind: 'gather', inputs: [value.node], shape, from, at: picks.at, fill: 0 },
      at.degrees[value.node],
    ),
    dimensions: picks.dimensions,
    batchAxis,
  };
}

/** A node with the same numbers in another shape; the node itself where it has that shape. */
export function viewed(at: Lowering, node: number, shape: ImageShape): number {
  const own = at.nodes[node].shape;
  const same =
    own.channels === shape.channels && own.height === shape.height && own.width === shape.width;
  if (same) return node;
  const count = own.channels * own.height * own.width;
  return emit(
    at,
    {
      kind: 'gather',
      inputs: [node],
      shape,
      from: new Int32Array(count),
      at: Int32Array.from({ length: count }, (_, k) => k),
      fill: 0,
    },
    at.degrees[node],
  );
}

/** The same numbers with other axes. */
export function reshaped(
  at: Lowering,
  value: Computed,
  dimensions: readonly number[],
  batchAxis: number,
): Computed {
  const shape = imageShapeOf({ dimensions, batchAxis });
  return { node: viewed(at, value.node, shape), dimensions, batchAxis };
}

/** Gives a tensor of the file a place among the parameters; the same tensor has one place. */
export function blockFor(
  at: Lowering,
  { trained: name, values, rearranged }: Trained,
  rows: number,
  order: 'as stored' | 'transposed' = 'as stored',
  initially?: number,
): Block {
  const manner = `${order}${rearranged ? ', rearranged' : ''}`;
  const there = at.known.get(name);
  if (there?.manner === manner) return there.block;
  if (there) {
    throw new Error(`the tensor '${name}' is used ${manner} as well as ${there.manner}`);
  }
  const columns = values.length / rows;
  const block: Block = {
    name,
    rows,
    columns,
    offset: at.parameters,
    ...(initially === undefined ? {} : { initially }),
  };
  at.parameters += values.length;
  at.blocks.push(block);
  at.known.set(name, { block, manner });
  at.theta.push(
    order === 'as stored'
      ? values
      : values.map((_, k) => values[(k % columns) * rows + Math.floor(k / columns)]),
  );
  return block;
}

/** A known value as a node: trained where it is, fixed otherwise. */
export function asComputed(
  at: Lowering,
  value: Value,
  batchAxis: number,
  initially: number,
): Computed {
  if (!isKnown(value)) return value;
  const { dimensions, values, trained } = value;
  const shape = imageShapeOf({ dimensions, batchAxis });
  const node: ImageNode = trained
    ? {
        kind: 'parameter',
        inputs: [],
        shape,
        block: blockFor(at, { ...value, trained }, values.length, 'as stored', initially),
        dimensions,
      }
    : { kind: 'constant', inputs: [], shape, values };
  return { node: emit(at, node, homogeneous(trained ? 1 : 0)), dimensions, batchAxis };
}

/** A value repeated to a shape, with its batch's axis as far from the end as before. */
export function repeatedTo(at: Lowering, value: Computed, target: readonly number[]): Computed {
  const same =
    value.dimensions.length === target.length &&
    value.dimensions.every((length, axis) => length === target[axis]);
  if (same) return value;
  const batchAxis = value.batchAxis + target.length - value.dimensions.length;
  return gathered(at, value, repeated(value.dimensions, target), batchAxis);
}

/** A computed input. Throws where it is a fixed one. */
export function requireComputed(node: OnnxNode, value: Value | undefined): Computed {
  if (value && !isKnown(value)) return value;
  throw new Error(`its input '${node.inputs[0]}' does not depend on the images`);
}

/** A fixed input of a name for messages. Throws where it is computed from the images, or missing. */
export function requireKnown(what: string, value: Value | undefined): Known {
  if (value && isKnown(value)) return value;
  throw new Error(value ? `its ${what} depends on the images` : `its ${what} is missing`);
}

/** The whole numbers of an attribute, or what they are where it is left out. */
export function listOf(
  { attributes }: OnnxNode,
  name: string,
  usual: readonly number[],
): readonly number[] {
  const value = attributes.get(name);
  return Array.isArray(value) ? (value as readonly number[]) : usual;
}

/** A number of an attribute. */
export function numberOf({ attributes }: OnnxNode, name: string, usual: number): number {
  const value = attributes.get(name);
  return typeof value === 'number' ? value : usual;
}

/** A text of an attribute. */
export function wordOf({ attributes }: OnnxNode, name: string, usual: string): string {
  const value = attributes.get(name);
  return typeof value === 'string' ? value : usual;
}

/**
 * The number that was written before it became one of single precision: the shortest decimal that rounds
 * to it.
 */
export function asWritten(value: number): number {
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === Math.fround(value)) return short;
  }
  return value;
}
