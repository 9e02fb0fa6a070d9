import type { Block } from '../../layer.js';
import type { AnyPart, Draft } from '../draft.js';
import type { Statistics } from '../float64/batch-norm.js';
import type { Layout, Tensor } from '../float64/layout.js';
import type { Operation, Wiring } from '../float64/operation.js';
import type { Operand } from '../float64/pointwise.js';
import type { AnyNode } from '../nodes.js';
import type { Slot } from '../slots.js';

/**
 * What a field of a part takes in a file: a whole number of at least 1, a positive number, true or false, a
 * list of parts, or one of some words. One without a default has to be there.
 */
export interface FieldFormat {
  readonly takes: 'whole' | 'positive' | 'flag' | 'parts' | readonly string[];
  readonly default?: number | boolean | string | readonly never[];
  /** Left out, it is what this other field is. */
  readonly like?: string;
  /** What is to be said of it. */
  readonly says?: string;
}

/** The fields of a part beside its kind, in their order. */
export type PartFormat = Readonly<Record<string, FieldFormat>>;

/** A node's place in the memory of the float64 engine. */
export interface Binding {
  /** The first input. */
  readonly wiring: Wiring;
  /** All of them. */
  readonly operands: readonly Operand[];
  readonly y: Tensor;
  readonly gy: Tensor;
  /** Working memory that it shares with the other nodes. */
  readonly scratch: Float64Array;
  readonly statistics: Statistics;
}

/** What every engine and every count asks about a kind of node. */
export interface ImageNodeKind<N extends AnyNode = AnyNode> {
  /** What its nodes are called. */
  readonly node: N['kind'];
  /** Its operation in float64; that on tensors is in `src/tensors`. */
  operation(node: N, at: Binding): Operation;
  /**
   * Where its output lies: in memory of its own; `over` its first input, where nothing else reads that; or
   * `joined`, so that its inputs are written into their parts of it at once.
   */
  readonly memory: 'own' | 'over' | 'joined';
  /** True where its output is never looked at again once it is read: its gradient needs none of it. */
  readonly forgotten: boolean;
  /** What it adds to the degree of the part of the scores that grows fastest with the parameters. */
  readonly addsDegree: 0 | 1;
  /** That degree from those of its inputs, where it is not the largest of them and `addsDegree` more. */
  leadingDegree?(node: N, inputs: readonly number[]): number;
  /** Zeros that its float64 operation wants around the images of its shape (none by default). */
  pad?(node: N): number;
  /** Numbers of working memory of that operation (none by default), from the channels of its input. */
  scratch?(node: N, channels: number, layout: Layout): number;
  /** The arrays that fill it, in PyTorch's order (none by default). */
  slots?(node: N): Slot[];
  /** Multiply-adds of a forward pass on one image (none by default). */
  multiplyAdds?(node: N): number;
  /** Its part of the network's statistics (none by default). */
  statistics?(node: N): { readonly at: number; readonly channels: number };
  /**
   * Logarithm of the size of its output, as products of norms have it, from those of its inputs and of its
   * blocks (by default that of its first input).
   */
  logSize?(node: N, inputs: readonly number[], sizeOf: (block: Block) => number): number;
}

/** All there is to know of a kind of layer: how a part becomes a node, and what that is. */
export interface ImageLayerKind<
  P extends AnyPart = AnyPart,
  N extends AnyNode = AnyNode,
> extends ImageNodeKind<N> {
  /** What its parts are called. */
  readonly part: P['kind'];
  /** Its form in a file. */
  readonly format: PartFormat;
  /**
   * Reads a part that follows a node: shape, parameters and degree. Gives its node. Throws a sentence where
   * sizes do not fit.
   */
  add(draft: Draft, part: P, from: number): number;
}
